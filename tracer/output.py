"""What stands in for sys.stdout while a program is recorded."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TextIO

Tell = Callable[[str], None]


def tee(stream: TextIO, tell: Tell) -> TextIO:
    """A stream like `stream`, to the same place, that tells what is written to it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.flush()
        return _Tee(stream, tell)
    return Output(tell, stream)


class _Tee(io.TextIOWrapper):
    """Has the file, the encoding and the buffering of another stream, so that a program cannot tell the two apart."""

    def __init__(self, stream: io.TextIOWrapper, tell: Tell) -> None:
        super().__init__(
            stream.buffer,
            encoding=stream.encoding,
            errors=stream.errors,
            newline="\n",  # as Python opens its own standard output, on Windows too
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )
        self.mode = getattr(stream, "mode", "w")
        self._tell, self._bytes = tell, _Bytes(stream.buffer, tell)

    @property
    def buffer(self) -> Any:  # type: ignore[override]
        """The bytes below, told too."""
        return self._bytes

    def write(self, text: str) -> int:
        """Write `text`, and tell it."""
        written = super().write(text)
        self._tell(text)
        return written

    def close(self) -> None:
        """Write what waits. The file is that of the other stream, which goes on."""
        self.flush()


class Output(io.TextIOBase):
    """Tells what is written to it, and writes it to `echo`."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, tell: Tell, echo: TextIO | None) -> None:
        self.tell, self.echo = tell, echo
        self.buffer = _Bytes(None, self.write)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.echo.fileno() if self.echo else super().fileno()

    def reconfigure(self, **options: Any) -> None:
        """What a program wishes of its output makes no difference here."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.tell(text)
        if self.echo:
            self.echo.write(text)
        return len(text)

    def flush(self) -> None:
        if self.echo:
            self.echo.flush()


class _Bytes(io.RawIOBase):
    """Stands in for sys.stdout.buffer: tells what is written as text, and passes it on to `below` if there is one."""

    def __init__(self, below: Any, tell: Callable[[str], Any]) -> None:
        self.below, self.tell = below, tell

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.below.fileno() if self.below else super().fileno()

    def write(self, data: Any) -> int:
        self.tell(bytes(data).decode("utf-8", "replace"))
        if self.below:
            self.below.write(data)
        return len(data)

    def flush(self) -> None:
        if self.below:
            self.below.flush()
