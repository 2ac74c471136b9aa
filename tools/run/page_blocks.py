"""Run the Python blocks of a page as a reader would copy them: in order, one after the other, into one file.

A failure names the snippet and its true line, because the code is compiled under the snippet's name and lines.
"""

import contextlib
import io
import os
import sys
import traceback
import types
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import close_all_sessions

from tools.content import pages, snippets
from tools.run import markers, variants


class EarlierBlockFailed(Exception):
    """A block that cannot be judged, because one above it on the page failed."""


class PageBlocks:
    """The file into which a reader copies the blocks of one page, and the folder that it runs in.

    `path` is the page, `root` the repository, `folder` an empty folder.
    """

    def __init__(self, path: Path, root: Path, folder: Path) -> None:
        language, name = path.relative_to(root / "docs").as_posix().split("/", 1)
        self.root, self.folder = root, folder
        self.waiting = pages.Page(path, language, name).fences
        self.place = variants.here()
        self.executed = 0
        self.failed_at: int | None = None
        self.module = types.ModuleType("__main__")

    def run_up_to(self, line: int) -> None:
        """Execute the blocks that still wait, up to and with the one whose fence opens on `line`.

        Raises what the code raises, SnippetError for an include that leads nowhere, and EarlierBlockFailed.
        """
        if self.failed_at:
            raise EarlierBlockFailed(f"not run, because the block on line {self.failed_at} failed: mend that one")
        while self.waiting and self.waiting[0].line <= line:
            fence = self.waiting.pop(0)
            try:
                for include in fence.includes:
                    self._run(include)
            except BaseException:
                self.failed_at = fence.line
                raise
            self.executed += 1

    def dispose(self) -> None:
        """Close what the page left open, so that its database can go."""
        close_all_sessions()
        for engine in list(self.module.__dict__.values()):
            if isinstance(engine, Engine):
                engine.dispose()

    def _run(self, include: snippets.Include) -> None:
        path, code = snippets.source(self.root / "snippets", include)
        if not markers.read(Path(path)).runs_on(self.place):
            return  # it needs a server, and this is another one, or none
        compiled = compile(code, path, "exec", dont_inherit=True)
        main, before = sys.modules["__main__"], os.getcwd()
        # SQLAlchemy looks up the names in Mapped[…] in sys.modules[__name__].
        sys.modules["__main__"] = self.module
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compiled, self.module.__dict__)
        finally:
            sys.modules["__main__"] = main
            os.chdir(before)


def explain(page: str, line: int, error: BaseException, root: Path) -> str:
    """Say in the first line where a block failed (page and snippet) and why; then the frames in snippets."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root / "snippets")
    ]
    where, remedy = "", ""
    if isinstance(error, SyntaxError) and error.filename:
        path, number = Path(error.filename).relative_to(root), error.lineno
    elif frames:
        path, number = Path(frames[-1].filename).relative_to(root), frames[-1].lineno
    else:
        path = None
    if path:
        where = f"{path}:{number}: "
        remedy = f"; run it: python -m {'.'.join(path.with_suffix('').parts)}"
    said = str(error).strip() or (frames[-1].line if frames else "")
    first_line = said.splitlines()[0] if said else ""
    return f"{page}:{line}: {where}{type(error).__name__}: {first_line}{remedy}\n" + "".join(
        traceback.format_list(frames)
    )
