"""What readers and contributors wait for, measured: `make bench`."""
