"""What a story does elsewhere is as recorded, or as it declares; every other case is one line with the remedy."""

import copy

import pytest

from tools.run import compare, fingerprint, variants
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
        recorded = recording(*tables, database={"mariadb": "mysql"}.get(place, place))
        recorded.source = fingerprint.of(story)
        story.with_suffix(f".{place}.trace.jsonl").write_text(recorded.dumps())


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


@pytest.mark.parametrize(("place", "problem"), [("sqlalchemy-2.0", ""), ("mariadb", "is of no database")])
def test_a_story_without_a_database_may_differ_on_another_version_only(story, place, problem):
    declare(story, place=place)
    recorded = recording("book", database="", version="2.0.1" if "2.0" in place else "2.1.9")
    recorded.source = fingerprint.of(story)
    path = story.with_suffix(f".{place}.trace.jsonl")
    path.write_text(recorded.dumps())
    said = compare.file_problem(story, place, path)
    assert problem in said and bool(said) == bool(problem)


def test_a_declaration_without_recording(story):
    declare(story)
    assert compare.problem(story, recording("book"), "mariadb") == (
        "snippets/chapter/story.py has no recording story.mariadb.trace.jsonl: if that is right, "
        "run make record STORY=chapter/story with DATABASE_URL=mariadb+pymysql://root@127.0.0.1/ and read the change"
    )


def test_a_declaration_without_a_difference(story):
    declare(story, "author")
    assert compare.problem(story, recording("author"), "mariadb") == (
        "snippets/chapter/story.py declares a difference on mariadb, "
        "but story.mariadb.trace.jsonl has none: delete both"
    )


def test_a_start_that_is_empty_now_is_a_difference(story):
    expected, found = recording("author"), recording("author")
    expected.initial = {"names": {"<module>": {"author": "→Author#1"}}}
    assert "variables: author" in compare.difference(story, expected, found)


def test_fewer_steps_are_a_difference_everywhere(story):
    found = recording("author")
    found.steps = found.steps * 2
    assert "1 steps are committed, 2 ran" in compare.problem(story, found, "")
    assert compare.problem(story, found, "mariadb").endswith("2 and 3 steps")


def test_a_recording_of_another_version_is_refused(story):
    story.with_suffix(".trace.jsonl").write_text(recording("author", version="9.9.9").dumps())
    assert "is of SQLAlchemy 9.9.9, not 2.1; if that is right" in compare.problem(story, recording("author"), "")


def test_a_recording_without_steps_is_refused(story):
    empty = recording("author")
    empty.steps = []
    story.with_suffix(".trace.jsonl").write_text(empty.dumps())
    assert "has no steps" in compare.problem(story, empty, "")
