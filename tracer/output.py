"""What stands in for sys.stdout while a program is recorded."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TextIO


class Output(io.TextIOBase):
    """Tells what is written to it, and writes it to `echo`."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, tell: Callable[[str], None], echo: TextIO | None) -> None:
        self.tell, self.echo = tell, echo
        self.buffer = _Bytes(self)

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
    """Stands in for sys.stdout.buffer."""

    def __init__(self, output: Output) -> None:
        self.output = output

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.output.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def flush(self) -> None:
        self.output.flush()
