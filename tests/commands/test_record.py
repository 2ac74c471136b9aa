"""Recording writes what has changed, names what it does not know, and leaves the rest alone."""

import platform
import subprocess
import sys

import pytest

from tests.conftest import replace
from tools.commands import record
from tools.content import writing
from tools.content.repository import Repository
from tools.run import variants
from tracer.recording import load

EXACT = pytest.mark.skipif(bool(variants.here()), reason="records on SQLite and SQLAlchemy 2.1")


@pytest.fixture
def recorded(repository, capsys):
    """Record stories of the small repository; return the exit status and what was printed, a line each."""

    def run(*names: str) -> tuple[int, list[str]]:
        status = record.main(list(names), Repository(repository.root))
        return status, capsys.readouterr().out.splitlines()

    return run


@EXACT
def test_a_changed_story_is_written_and_an_unchanged_one_is_not(repository, recorded):
    replace(repository.story, "assert one == 1", 'print("one")')
    assert recorded("chapter/one_thing") == (
        0,
        [
            "snippets/chapter/one_thing.trace.jsonl changes:",
            f"  its python: 3.13.0 → {platform.python_version()}",
            "  at the start: variables of the program: no change → {}",
            '  step 1, line 9 print("one"): output added: "one\\n"',
            '  step 1, line 9 print("one"): its kind: assert → statement',
            "wrote snippets/chapter/one_thing.trace.jsonl: read what changed before you commit it",
            "programs: 1, files written: 1, problems: 0",
        ],
    )
    (step,) = load(repository.recording).steps
    assert step.events == [{"event": "output", "text": "one\n"}]
    assert recorded() == (0, ["programs: 1, files written: 0, problems: 0"])


@EXACT
def test_a_story_that_fails_is_a_problem_and_keeps_its_recording(repository, recorded):
    before = repository.recording.read_text("utf-8")
    replace(repository.story, "assert one == 1", "assert one == 2")
    status, (problem, total) = recorded()
    assert status == 1
    assert problem.startswith("snippets/chapter/one_thing.py:9: ended with AssertionError")
    assert total == "programs: 1, files written: 0, problems: 1"
    assert repository.recording.read_text("utf-8") == before


@EXACT
def test_a_recording_without_its_story_is_named(repository, recorded):
    repository.recording.with_name("gone.trace.jsonl").write_text("", "utf-8")
    assert "snippets/chapter/gone.trace.jsonl: records no story; delete it" in recorded()[1]


@pytest.mark.parametrize("name", ["chapter/two", "one-thing", "trace.jsonl"])
def test_a_name_that_no_story_has_is_refused_though_another_has_one(recorded, name):
    said = f"no story is called {name}: name one as in make record STORY=start/three_calls"
    assert recorded("chapter/one_thing", name) == (1, [said])


def test_the_folder_that_holds_the_repository_names_no_story(repository, recorded):
    assert recorded(repository.root.name)[0] == 1


def test_elsewhere_only_what_differs_there_is_recorded(recorded, monkeypatch):
    monkeypatch.setattr(variants, "here", lambda: "mariadb")
    status, (line,) = recorded("chapter/one_thing")
    assert status == 1
    assert line.startswith(
        "nothing of chapter/one_thing differs on mariadb, so nothing is recorded: unset DATABASE_URL"
    )


@EXACT
def test_a_file_that_cannot_be_written_is_one_line(repository, recorded, monkeypatch):
    def full(path, text):
        raise writing.WriteFailed("snippets/chapter/one_thing.trace.jsonl: cannot be written: No space left on device")

    monkeypatch.setattr(writing, "write", full)
    replace(repository.story, "assert one == 1", 'print("one")')
    status, lines = recorded()
    assert status == 1
    assert lines[-1] == "snippets/chapter/one_thing.trace.jsonl: cannot be written: No space left on device"


@EXACT
def test_what_a_killed_run_left_beside_the_recordings_is_removed(repository, recorded):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = repository.recording.with_name(f".one_thing.trace.jsonl.{ended.pid}.new")
    left.write_text("{", "utf-8")
    assert recorded()[0] == 0
    assert not left.exists()


@EXACT
def test_a_broken_recording_is_made_anew(repository, recorded):
    repository.recording.write_text("{}\n", "utf-8")
    assert recorded()[0] == 0 and load(repository.recording).steps


@EXACT
def test_a_story_that_is_not_recorded_only_runs(repository, recorded):
    replace(repository.story, '"""One thing is one thing."""\n', '"""One thing."""\n\n# not recorded: it races\n')
    repository.recording.unlink()
    assert recorded() == (0, ["programs: 1, files written: 0, problems: 0"])
    replace(repository.story, "assert one == 1", "assert one == 2")
    assert recorded()[0] == 1


def test_a_server_that_refuses_is_one_line(recorded, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    status, (line,) = recorded()
    assert status == 1 and line.startswith("the server of DATABASE_URL cannot be reached (")


def test_an_address_that_is_none_is_one_line(recorded, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    status, (line,) = recorded()
    assert status == 1
    assert line.startswith("DATABASE_URL is no address that SQLAlchemy knows: unset it, or write postgresql+psycopg:")


TABLE = """kind = "proven"
story = "chapter/one_thing.py"
line = "print(one)"

[[columns]]
en = "line"
zh = "行"

[[columns]]
en = "says"
zh = "说"
[columns.answers]
one = {en = "one", zh = "一", fact = "prints 1"}
two = {en = "two", zh = "二", fact = "prints 2"}

[[rows]]
en = "a"
zh = "甲"
cells = ["one"]

[[rows]]
en = "b"
zh = "乙"
cells = ["one"]
"""


@pytest.fixture
def relied_on(repository, recorded):
    """The small repository with a table that says what its story prints."""
    replace(repository.story, "assert one == 1", "print(one)")
    assert recorded()[0] == 0
    table = repository.root / "tables" / "one" / "table.toml"
    table.parent.mkdir(parents=True)
    table.write_text(TABLE, "utf-8")
    return table


@EXACT
def test_what_a_table_relies_on_is_not_dropped_until_the_table_says_otherwise(repository, recorded, relied_on):
    before = repository.recording.read_text("utf-8")
    replace(repository.story, "one = 1\n", "one = 2\n")
    status, lines = recorded()
    assert status == 1
    assert '  step 1, line 9 print(one): output changed: "1\\n" → "2\\n"' in lines
    (refused,) = [line for line in lines if "is not written" in line]
    assert refused.startswith(
        "snippets/chapter/one_thing.trace.jsonl is not written, for a table relies on what it would no longer show: "
        "mend the story, or change the table first: tables/one/table.toml: row 'a', column 'says' and 1 more: "
    )
    assert lines[-1] == "programs: 1, files written: 0, problems: 1"
    assert repository.recording.read_text("utf-8") == before
    replace(relied_on, 'cells = ["one"]', 'cells = ["two"]')
    assert recorded()[0] == 0
    assert '"2\\n"' in repository.recording.read_text("utf-8")


@EXACT
def test_what_no_table_relies_on_may_change(repository, recorded, relied_on):
    replace(repository.story, "print(one)", "print(one)\nprint(one + 1)")
    assert recorded()[0] == 0
    assert '"2\\n"' in repository.recording.read_text("utf-8")


@EXACT
def test_a_first_recording_drops_nothing(repository, recorded, relied_on):
    replace(relied_on, 'cells = ["one"]', 'cells = ["two"]')
    repository.recording.unlink()
    assert recorded()[0] == 0 and repository.recording.exists()
