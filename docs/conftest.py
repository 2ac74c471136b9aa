"""Let pytest-markdown-docs run each page's blocks through tools/run/page_blocks.py."""

import contextlib
import os
import tempfile
from pathlib import Path
from unittest import mock

from pytest_markdown_docs._runners import DefaultRunner, register_runner

from tools.run import databases, sandbox
from tools.run.page_blocks import PageBlocks, explain

ROOT = Path(__file__).parent.parent
SERVER = os.environ.get("DATABASE_URL")
page_blocks: dict[Path, PageBlocks] = {}
database: dict[Path, str] = {}
open_databases = contextlib.ExitStack()
folders = sandbox.folder_for_runs()


@register_runner(default=True)
class PageRunner(DefaultRunner):
    """Runs the blocks of a page in one place, however many of them are asked for."""

    def runtest(self, test, args, *, asyncio_runner=None):
        path = Path(test.source_path)
        if path not in page_blocks:
            open_databases.close()  # of the page before
            folder = Path(tempfile.mkdtemp(dir=folders.name))
            page_blocks[path] = PageBlocks(path, ROOT, folder)
            database[path] = open_databases.enter_context(databases.fresh(SERVER))
            open_databases.callback(page_blocks[path].dispose)
        with mock.patch.dict(os.environ, {"DATABASE_URL": database[path]} if SERVER else {}):
            page_blocks[path].run_up_to(test.start_line)

    def repr_failure(self, test, excinfo, style=None):
        page = Path(test.source_path).relative_to(ROOT).as_posix()
        return explain(page, test.start_line, excinfo.value, ROOT)


def pytest_unconfigure(config):
    open_databases.close()
    folders.cleanup()
