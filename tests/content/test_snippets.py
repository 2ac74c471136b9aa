"""Every snippet is a program that runs by itself, in an empty folder."""

import os
import runpy
import sys
import traceback
from pathlib import Path

import pytest
from sqlalchemy.orm import close_all_sessions

from tools.content import snippets
from tools.content.repository import ROOT, Repository
from tools.run import databases, markers, variants

STORIES = [story for story in Repository().stories if markers.read(story).runs_on(variants.here())]


def run_program(path: Path, root: Path) -> None:
    """Run a snippet as `python -m` would; fail with one line that names it and its line."""
    module = path.relative_to(root).with_suffix("").as_posix().replace("/", ".")
    for name in [name for name in sys.modules if name.split(".")[0] == "snippets"]:
        del sys.modules[name]  # the library makes its engine in the folder where it is first imported
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SyntaxError as error:
        where = f"{path.relative_to(root)}:{error.lineno}"
        pytest.fail(f"{where}: does not parse: {error.msg}; mend it", pytrace=False)
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        where = f"{path.relative_to(root)}:{lines[-1] if lines else 1}"
        reason = str(error).splitlines()[0] if str(error) else "an assertion does not hold"
        pytest.fail(f"{where}: {type(error).__name__}: {reason}; run it: python -m {module}", pytrace=False)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_snippet_runs(path, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    server = os.environ.get("DATABASE_URL")
    with databases.fresh(server) as url:
        if server:
            monkeypatch.setenv("DATABASE_URL", url)
        run_program(path, ROOT)
        close_all_sessions()  # an open transaction would keep the database from being dropped
        if library := sys.modules.get("snippets.library"):
            library.engine.dispose()


def test_a_snippet_that_raises_is_named(tmp_path, monkeypatch):
    story = tmp_path / "broken_stories" / "wrong.py"
    story.parent.mkdir()
    story.write_text("one = 1\nassert one == 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(pytest.fail.Exception) as failure:
        run_program(story, tmp_path)
    assert str(failure.value) == (
        "broken_stories/wrong.py:2: AssertionError: an assertion does not hold; run it: python -m broken_stories.wrong"
    )


def test_the_lines_of_a_story_are_those_of_its_code():
    text = "one = 1\n# --- story\n# --8<-- [start:a]\none\n\n#> no SQL\nfor _ in ():\n    #> no SQL\n    one\n# why\n"
    assert snippets.story_lines(text) == [4, 7, 9, 10]
    assert snippets.story_lines("one = 1\n") is None
    closed = "# --- story\n# --8<-- [start:a]\none = 1\n# --8<-- [end:a]\nsession.close()\n"
    assert snippets.story_lines(closed) == [3]
    assert snippets.story_lines("# --- story\none = 1\nsession.close()\n") == [2, 3]


@pytest.mark.parametrize("path", ["../README.md", "/etc/passwd", "start/three calls.py", "start/../library.py"])
def test_an_include_stays_below_snippets(path):
    with pytest.raises(snippets.SnippetError, match="is no snippet's path"):
        snippets.locate(ROOT / "snippets", snippets.Include(path, None))
