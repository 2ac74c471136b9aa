"""What notices a mutant: the first of comment, table, fact and recording."""

import shutil

import pytest

from tests.tables.test_proven import STORY as PROVEN
from tools.content.repository import ROOT
from tools.run import recordings, story_facts
from tools.run.mutants import mutants
from tools.run.sandbox import apart
from tools.tables import evidence
from tools.tables.evidence import COMMENT, FACTS, NOTHING, RECORDING, SAME, TABLE, Subject
from tracer import loads

TOP = """from snippets.library import Author, empty_tables, engine
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
n = 0

# --- story
"""


def recorded(path):
    return recordings.record_story(path, path.parents[2]).dumps()


@pytest.fixture
def noticed(tmp_path, monkeypatch):
    """What notices one change of a story, with the facts beside it."""
    monkeypatch.chdir(tmp_path)
    number = iter(range(10))

    def run(source: str):
        path = tmp_path / str(next(number)) / "snippets" / "chapter" / "story.py"
        path.parent.mkdir(parents=True)
        shutil.copy(ROOT / "snippets" / "library.py", path.parents[1])
        path.write_text(source, "utf-8")
        ((_, text),) = apart(recorded, [path])
        assert isinstance(text, str), text
        return path, loads(text)

    def by(story: str, change: str, facts: str = "", **more) -> str:
        path, found = run(TOP + story)
        if facts:
            story_facts.path_of(path).write_text(facts, "utf-8")
        subject = Subject(path, TOP + story, found, **more)
        (mutant,) = [one for one in mutants(TOP + story) if one.change == change]
        return evidence.notices(subject, mutant, run(mutant.source)[1])[0]

    return by


ADD = "author = Author(name='Ursula')\nsession.add(author)\nsession.commit()\n"
RENAMED = "'Ursulax' for 'Ursula': author = Author(name='Ursula')"
FLUSHED = "flush() for commit(): session.commit()"
FACT = "[[facts]]\nline = 'session.commit()'\nsays = 'others see \"Ursula\" in author'\n"


@pytest.mark.parametrize(
    ("story", "change", "facts", "by"),
    [
        (ADD + "session.close()\n", RENAMED, "", RECORDING),
        (ADD + "session.close()\n", RENAMED, FACT, FACTS),
        (ADD + "#> author is expired\nsession.close()\n", FLUSHED, FACT, COMMENT),
        (ADD + "session.close()\n", FLUSHED, "", RECORDING),
        ("n = 1\nsession.close()\n", "2 for 1: n = 1", "", NOTHING),
        ("n = 1\nauthor = Author()\nsession.close()\n", "swap: n = 1 <> author = Author()", "", SAME),
        (
            ADD + "session.close()\n",
            "swap: session.add(author) <> session.commit()",
            "",
            RECORDING,
        ),
    ],
)
def test_the_first_that_notices(noticed, story, change, facts, by):
    assert noticed(story, change, facts) == by


def test_a_table_notices_what_its_cell_no_longer_proves(noticed):
    ((table, cell), *_) = evidence.cells(PROVEN)
    cell.place = {"story": "chapter/story.py", "line": "session.commit()"}
    cell.words, cell.others = {"fact": "INSERT author; COMMIT"}, []
    assert noticed(ADD + "session.close()\n", FLUSHED, cells=[(table, cell)]) == TABLE
    assert noticed(ADD + "session.close()\n", RENAMED, cells=[(table, cell)]) == RECORDING


def test_only_cells_that_the_story_proves_count():
    assert evidence.cells(PROVEN) and not evidence.cells("start/no_such_story.py")
