"""How far a story may reach: its folder and its database, nothing else, and what it opens it closes.

`confined()` asks Python's audit events, which cannot be switched off again: it is for processes that run one story
(tools/run/sandbox.py). What a C library does by itself, as a driver of PostgreSQL, raises no such event.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import SADeprecationWarning, SAWarning

from tools.run import markers

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {  # events of changes to files, and which of their arguments are paths
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.link": (1,),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
}
MOVES = ("os.chdir", "os.fchdir")
FORK = "os.fork"  # which a story may do if it says so
PROGRAMS = ("os.exec", FORK, "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen")
CALLS = ("socket.bind", "socket.connect", "socket.sendto", "socket.sendmsg")
NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306}
SOCKET_FILE = "a socket"  # in place of a host
SECONDS = 0.5  # that a thread has to end, once the story has
SHORTEST = 4  # letters of a variable's value that are known again
TIMES = ("%Y-%m-%d", "%H:%M", "%d.%m.%Y", "%d/%m/%Y")
EPOCH = re.compile(r"\b\d{10}(?:\.\d+)?\b")  # seconds
CACHE = "__pycache__"
DAY = 86_400
NOW = "<now>"  # what the tracer records for a time of today


class OutOfReach(BaseException):
    """What a story may not do: the line, 0 if it is not known, and what, with the remedy.

    It is no Exception, so that a story's own `except` lets it pass.
    """

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


@contextlib.contextmanager
def confined(story: Path, folder: Path, server: str | None) -> Iterator[None]:
    """Keep this process to a folder and a database while `story` runs, and look at what that leaves behind.

    Raises OutOfReach, also where the story has caught it.
    """
    refused: list[OutOfReach] = []
    let_go = _confine(story, Path(folder), server, refused)
    threads = set(threading.enumerate())
    try:
        with _warned(str(story), refused):
            yield
    finally:
        let_go()
        if refused:
            raise refused[0] from None
    _join(threads)


@contextlib.contextmanager
def _warned(story: str, refused: list[OutOfReach]) -> Iterator[None]:
    """Refuse SQLAlchemy's warnings, all but those that the tracer records."""

    def show(message: Any, category: type[Warning], filename: str, line: int, *rest: Any, **more: Any) -> None:
        what = f"warns where no step is recorded, {category.__name__}: {str(message).splitlines()[0]}"
        remedy = f"mend it, or move it below '# --- story' and write '#> warns {category.__name__}' under it"
        refused.append(OutOfReach(line if filename == story else 0, f"{what}; {remedy}"))

    with warnings.catch_warnings():
        warnings.resetwarnings()
        warnings.simplefilter("ignore")
        for category in (SAWarning, SADeprecationWarning):
            warnings.simplefilter("always", category)
        warnings.showwarning = show  # type: ignore[assignment]
        yield


def _confine(story: Path, folder: Path, server: str | None, refused: list[OutOfReach]) -> Callable[[], None]:
    """Refuse, from now on, what is out of reach, and add it to `refused`. Returns what ends that."""
    allowed = [folder.resolve(), Path(os.devnull)]
    hosts, port = _address(server)
    forks = bool(markers.read(story).forks)
    confined = True

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        if name == FORK and forks:
            return
        if confined and (what := _refused(name, arguments, allowed, hosts, port)):
            stack = traceback.walk_stack(sys._getframe())
            line = next((line for frame, line in stack if frame.f_code.co_filename == str(story)), 0)
            refused.append(OutOfReach(line, what))
            raise refused[-1]

    def let_go() -> None:
        nonlocal confined
        confined = False

    sys.addaudithook(hook)
    return let_go


def _address(server: str | None) -> tuple[set[str], int | None]:
    """The names and addresses of the database's host, and its port; none for a database that is a file."""
    url = make_url(server or "sqlite://")
    port = url.port or PORTS.get(url.get_backend_name())
    if not port:
        return set(), None
    host = url.host or "localhost"
    with contextlib.suppress(OSError):
        return {host, *(str(found[4][0]) for found in socket.getaddrinfo(host, port))}, port
    return {host}, port


def _refused(name: str, arguments: tuple[Any, ...], allowed: list[Path], hosts: set[str], port: int | None) -> str:
    """Why an event is out of reach; empty if it is not."""
    if name in MOVES:
        return "changes the working directory: stay in the folder that it runs in"
    if name in PROGRAMS:
        return "runs another program: do it in Python, or leave it out"
    for path in _written(name, arguments):
        if not _within(path, allowed):
            return f"writes {os.fsdecode(path)}, outside its folder: write to a relative path, or not at all"
    host, asked = _asked(name, arguments)
    if host is not None and not (host in hosts and asked in (port, None)) and not (host == SOCKET_FILE and hosts):
        shown = f"{host}:{asked}" if asked else host
        return f"asks {shown} over the network, and it has its database only: leave that out"
    return ""


def _written(name: str, arguments: tuple[Any, ...]) -> Iterator[Any]:
    """The paths that an event writes to."""
    if name == "open":
        path, mode, flags = arguments
        if flags & WRITES if isinstance(flags, int) else set(mode or "") & set("wax+"):
            yield path
    elif name == "sqlite3.connect":
        path = os.fsdecode(arguments[0])
        yield unquote(urlsplit(path).path) if path.startswith("file:") else path
    else:
        yield from (arguments[number] for number in CHANGES.get(name, ()))


def _within(path: Any, allowed: list[Path]) -> bool:
    if isinstance(path, int) or path in ("", ":memory:"):  # open already, or a database without a file
        return True
    if CACHE in os.fsdecode(path):  # Python's own, of what the story imports
        return True
    whole = Path(os.path.abspath(os.fsdecode(path)))
    return any(whole.is_relative_to(one) or whole.resolve().is_relative_to(one) for one in allowed)


def _asked(name: str, arguments: tuple[Any, ...]) -> tuple[str | None, int | None]:
    """The host and the port that an event asks, if it asks any."""
    if name in NAMES:
        host, asked = arguments[0], None
    elif name in CALLS:
        host, asked = (*arguments[1][:2], None)[:2] if isinstance(arguments[1], tuple) else (SOCKET_FILE, None)
    else:
        return None, None
    return host.decode() if isinstance(host, bytes) else str(host or "localhost"), asked


def surroundings(printed: str, source: str) -> str:
    """What of this machine or this moment a story has printed that its `source` does not say; empty if nothing."""
    for name, value in sorted(os.environ.items(), key=lambda item: -len(item[1])):  # the longest says which it is
        if len(value) >= SHORTEST and value in printed and value not in source:
            return f"the environment variable {name}"
    for what, values in {
        "the folder that it runs in": [os.getcwd()],
        "the machine's name": [socket.gethostname()],
        "the time zone": [*time.tzname],
        "the time": [now.strftime(form) for now in (datetime.now(), datetime.now(UTC)) for form in TIMES],
    }.items():
        if any(value in printed and value not in source for value in values):
            return what
    seconds = (float(number) for number in EPOCH.findall(printed))
    return "the time" if NOW in printed or any(abs(time.time() - number) < DAY for number in seconds) else ""


def _join(threads: set[threading.Thread]) -> None:
    """Wait a moment for all threads but these. Raises OutOfReach for one that runs on."""
    until = time.monotonic() + SECONDS
    for thread in set(threading.enumerate()) - threads:
        thread.join(max(0, until - time.monotonic()))
        if thread.is_alive():
            raise OutOfReach(0, f"leaves a thread behind ({thread.name}): join it, or shut down its pool")
