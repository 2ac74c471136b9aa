"""The program of a page, copied and downloaded, runs as it is."""

import subprocess
import sys

import pytest

from tools.content.repository import ROOT, Repository

PAGE = "states/five-states/"


def test_the_file_runs(visit, tmp_path):
    page = visit(PAGE)
    with page.expect_download() as saved:
        page.locator(".page-program a[download]").click()
    assert saved.value.suggested_filename == "five_states.py"
    path = tmp_path / "five_states.py"
    saved.value.save_as(path)
    run = subprocess.run([sys.executable, path], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert not run.returncode, run.stderr
    blocks = Repository(ROOT).source_pages["states/five-states.md"].fences
    assert path.read_text("utf-8").count("from sqlalchemy") >= 1 and len(blocks) > 5
    assert page.complaints == []


def test_the_copy_is_the_file(visit):
    page = visit(f"zh/{PAGE}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".page-program button").click()
    page.get_by_role("button", name="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("article .language-python > pre > code").evaluate_all(
        "blocks => blocks.map(block => block.textContent).join('\\n')"
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_it_is_offered_where_it_works(visit, javascript):
    assert visit(PAGE, javascript=javascript).locator(".page-program").is_visible() == javascript
