"""Let pytest-markdown-docs run each page's blocks through tools/run/page_blocks.py."""

import contextlib
import os
import tempfile
from pathlib import Path
from unittest import mock

from pytest_markdown_docs._runners import DefaultRunner, register_runner

from tools.run import databases
from tools.run.page_blocks import CopiedPage, explain

ROOT = Path(__file__).parent.parent
SERVER = os.environ.get("DATABASE_URL")
copied_pages: dict[Path, CopiedPage] = {}
database: dict[Path, str] = {}
open_databases = contextlib.ExitStack()
folders = tempfile.TemporaryDirectory(prefix="pages-", ignore_cleanup_errors=True)


@register_runner(default=True)
class PageRunner(DefaultRunner):
    """Keeps one copied page for each page, however many of its blocks are asked for."""

    def runtest(self, test, args, *, asyncio_runner=None):
        path = Path(test.source_path)
        if path not in copied_pages:
            open_databases.close()  # of the page before
            folder = Path(tempfile.mkdtemp(dir=folders.name))
            copied_pages[path] = CopiedPage(path, ROOT, folder)
            database[path] = open_databases.enter_context(databases.fresh(SERVER))
            open_databases.callback(copied_pages[path].dispose)
        with mock.patch.dict(os.environ, {"DATABASE_URL": database[path]} if SERVER else {}):
            copied_pages[path].run_up_to(test.start_line)

    def repr_failure(self, test, excinfo, style=None):
        page = Path(test.source_path).relative_to(ROOT).as_posix()
        return explain(page, test.start_line, excinfo.value, ROOT)


def pytest_configure(config):
    config.copied_pages = copied_pages  # tests/run/test_page_blocks.py counts what was executed


def pytest_unconfigure(config):
    open_databases.close()
    folders.cleanup()
