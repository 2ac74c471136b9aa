"""The glue between the pages, the snippets and mkdocs."""

import sys

if sys.argv[0] == "-m":  # a command of ours is being loaded, python -m tools.…

    def _in_one_line(kind, error, trace):
        """Ctrl-C ends a command with one line: files are written whole or not at all, so there is no more to say."""
        if issubclass(kind, KeyboardInterrupt):
            print("ended by Ctrl-C: what was written before is whole", file=sys.stderr)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = _in_one_line
