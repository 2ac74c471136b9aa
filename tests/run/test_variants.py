"""What a story does elsewhere is as recorded, or as it declares; every other case is one line with the remedy."""

import copy

import pytest
import sqlalchemy

from tools.run import compare, markers, variants
from tracer.recording import Recording, Step

STORY = '''"""A story."""

{declared}
# --- story
session.flush()
'''


def recording(*tables, database="sqlite", version="2.1.9"):
    """A recording that sends an INSERT into each table."""
    events = [{"event": "sql", "connection": "c1", "sql": f"INSERT INTO {table} VALUES (1)"} for table in tables]
    return Recording(
        "chapter/story.py", version, "3.13", database=database, steps=[Step((5, 5), "statement", events=events)]
    )


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "snippets" / "chapter" / "story.py"
    path.parent.mkdir(parents=True)
    path.write_text(STORY.format(declared=""))
    path.with_suffix(".trace.jsonl").write_text(recording("author").dumps())
    return path


def declare(story, *tables, place="mariadb"):
    story.write_text(STORY.format(declared=f"# differs on {place}: it has\n#   its own way"))
    if tables:
        story.with_suffix(f".{place}.trace.jsonl").write_text(
            recording(*tables, database={"mariadb": "mysql"}.get(place, place)).dumps()
        )


@pytest.mark.parametrize("place", ["", "postgresql", "mariadb", "sqlalchemy-2.0", "postgresql+sqlalchemy-2.0"])
def test_the_same_is_no_problem(story, place):
    assert compare.problem(story, recording("author"), place) == ""


def test_elsewhere_only_the_portable_part_counts(story):
    found = copy.deepcopy(recording("author"))
    found.steps[0].events[0]["sql"] = 'INSERT INTO "author" (id) VALUES (%s) RETURNING id'
    assert compare.problem(story, found, "postgresql") == ""
    assert compare.problem(story, found, "").startswith(
        "snippets/chapter/story.py no longer does what its recording says"
    )


def test_an_undeclared_difference(story):
    first, *_ = compare.problem(story, recording("book"), "postgresql").splitlines()
    assert first == (
        "snippets/chapter/story.py differs on postgresql from story.trace.jsonl; "
        "declare it ('# differs on postgresql: why') or mend it"
    )


def test_a_declared_difference_is_compared_with_its_own_recording(story):
    declare(story, "book")
    assert variants.declared(story) == {"mariadb": "it has its own way"}
    assert compare.problem(story, recording("book"), "mariadb") == ""
    assert compare.problem(story, recording("author"), "postgresql") == ""
    assert "differs on mariadb from story.mariadb.trace.jsonl" in compare.problem(story, recording("tag"), "mariadb")


def test_a_declared_place_and_another_version_share_its_recording(story):
    declare(story, "book")
    assert compare.problem(story, recording("book"), "mariadb+sqlalchemy-2.0") == ""


def test_a_declaration_without_recording(story):
    declare(story)
    assert compare.problem(story, recording("book"), "mariadb") == (
        "snippets/chapter/story.py has no recording story.mariadb.trace.jsonl: if that is right, "
        "with DATABASE_URL set, run make record STORY=chapter/story.py and read the change"
    )


def test_a_declaration_without_a_difference(story):
    declare(story, "author")
    assert compare.problem(story, recording("author"), "mariadb") == (
        "snippets/chapter/story.py declares a difference on mariadb, "
        "but story.mariadb.trace.jsonl has none: delete both"
    )


def test_a_declaration_of_nowhere(story):
    declare(story, place="oracle")
    with pytest.raises(markers.MarkerError, match="'oracle' is none of postgresql, mariadb, sqlalchemy-2.0"):
        variants.declared(story)


@pytest.mark.parametrize(
    ("url", "version", "place"),
    [
        ("", "2.1.9", ""),
        ("sqlite:///other.db", "2.1.9", ""),
        ("mysql+pymysql://root@127.0.0.1/x", "2.1.9", "mariadb"),
        ("postgresql+psycopg:///x", "2.0.58", "postgresql+sqlalchemy-2.0"),
        ("", "2.2.0b1", "sqlalchemy-2.2"),
    ],
)
def test_where_we_are(url, version, place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url) if url else monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(sqlalchemy, "__version__", version)
    assert variants.here() == place


def test_an_address_that_is_none_is_not_said(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "secret")
    with pytest.raises(variants.AddressError, match="DATABASE_URL is no address that SQLAlchemy knows") as failure:
        variants.here()
    assert "secret" not in str(failure.value)
