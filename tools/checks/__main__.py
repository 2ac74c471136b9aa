"""Run the checks: `python -m tools.checks`."""

import sys

from tools.checks.check import main

if __name__ == "__main__":
    sys.exit(main())
