"""One program a story: python -m snippets.<chapter>.<story>."""
