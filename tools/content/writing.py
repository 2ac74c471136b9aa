"""Write files of the repository so that nobody ever finds half of one, also where the program is killed.

What is written lies beside its place until it is whole, in a file whose name begins with a dot (so that no program
takes it for a page or a recording) and says which process writes it.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

_BESIDE = re.compile(r"\..+\.(?P<process>\d+)\.new")


class WriteFailed(Exception):
    """A file that cannot be written: one line with the reason and the remedy."""


def write(path: Path, text: str) -> None:
    """Write a file beside its place and move it there. Raises WriteFailed."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_text(text, "utf-8")
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        name = "/".join(path.parts[-3:])
        raise WriteFailed(f"{name}: cannot be written: {error.strerror}; mend that, and do this again") from None
    except BaseException:  # Ctrl-C
        beside.unlink(missing_ok=True)
        raise


def remove_left_behind(*folders: Path) -> None:
    """Remove what runs that were killed have left beside the files of these folders."""
    for folder in folders:
        for path in folder.rglob(".*.new"):
            match = _BESIDE.fullmatch(path.name)
            if match and not process_runs(int(match["process"])):
                path.unlink(missing_ok=True)


def process_runs(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        pass
    return True
