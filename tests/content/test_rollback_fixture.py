"""The fixture that a page shows: pytest runs the page's own blocks, and what the page says of it holds."""

import contextlib
import os
import re
import subprocess
import sys

import pytest
from sqlalchemy import make_url

from tools.content import snippets
from tools.content.pages import Page
from tools.content.repository import ROOT
from tools.run import databases

NAME = "contexts/tests-that-roll-back.md"
PAGE = Page(ROOT / "docs" / "en" / NAME, "en", NAME)
OUTPUT = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WITHOUT, WITH = (found[1].splitlines() for found in OUTPUT.finditer(PAGE.text))  # what pytest says, as the page has it
BEFORE = PAGE.text[: PAGE.text.index("```text")].count("\n")  # lines above the first of them

ROLLS_BACK = """
def test_rollback():
    with new_session() as session:
        session.add(Author(name="Joan"))
        session.flush()
        session.rollback()
    register("Toni")
    assert registered() == ["Toni"]


def test_duplicate():
    from sqlalchemy.exc import IntegrityError

    register("Joan")
    with pytest.raises(IntegrityError):
        register("Joan")
    register("Toni")
    assert sorted(registered()) == ["Joan", "Toni"]


def test_empty_again():
    assert registered() == []
"""
IDS = """
@pytest.mark.parametrize("id", IDS_OF_TWO_TESTS)
def test_id(id):
    register("Joan")
    with new_session() as session:
        assert session.scalar(select(Author.id)) == id
"""
OTHER_CONNECTION = """
from sqlalchemy.orm import Session


def test_commits_elsewhere():
    with Session(engine) as session, session.begin():
        session.add(Author(name="Zadie"))


def test_finds_the_row():
    assert registered() == ["Zadie"]
    with Session(engine) as session, session.begin():
        session.delete(session.scalars(select(Author)).one())


def test_sees_no_row_of_the_test():
    register("Joan")
    with Session(engine) as session:
        assert session.scalars(select(Author.name)).all() == []
"""
LOCKED = """
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session


def test_locked():
    register("Joan")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        with pytest.raises(OperationalError, match="database is locked"), Session(connection) as session:
            session.add(Author(name="Zadie"))
            session.flush()
"""
OPENED_BEFORE = """
from sqlalchemy.exc import ResourceClosedError
from sqlalchemy.orm import scoped_session

registry = scoped_session(new_session)
registry()  # opens the Session


def test_registry_that_was_opened_before():
    registry.add(Author(name="Zadie"))
    registry.commit()


def test_finds_the_row():
    assert registered() == ["Zadie"]
    registry.delete(registry.scalars(select(Author)).one())
    registry.commit()
    registry.remove()


def test_registry_that_is_not_removed():
    registry.add(Author(name="Joan"))
    registry.commit()


def test_registry_of_the_test_before():
    with pytest.raises(ResourceClosedError):
        registry.scalars(select(Author)).all()
    registry.remove()
    assert registry.scalars(select(Author)).all() == []
    registry.remove()
"""
DDL = """
from contextlib import nullcontext

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError


def test_ddl():
    commits = engine.dialect.name == "mariadb"
    with pytest.raises(OperationalError, match="SAVEPOINT") if commits else nullcontext():
        register("Joan")
        with new_session() as session:
            session.connection().exec_driver_sql("CREATE TABLE note (line INTEGER)")
            session.commit()


def test_rows_after_ddl():
    commits = engine.dialect.name == "mariadb"
    assert registered() == (["Joan"] if commits else [])
    assert inspect(engine).has_table("note") == commits
"""
UNITTEST = """
import unittest


class TestAuthors(unittest.TestCase):
    def setUp(self):
        self.enterContext(rolled_back())

    def test_register(self):
        register("Joan")
        self.assertEqual(registered(), ["Joan"])

    def test_the_table_is_empty(self):
        self.assertEqual(registered(), [])
"""


def blocks(until: int = sys.maxsize, without: tuple[str, ...] = ()) -> str:
    """The page's blocks in one file, as a reader copies them: those above a line, without these sections."""
    includes = [include for fence in PAGE.fences if fence.line < until for include in fence.includes]
    texts = [snippets.source(ROOT / "snippets", include)[1] for include in includes if include.section not in without]
    return "\n".join(texts)


@pytest.fixture
def run(tmp_path):
    """A function that runs pytest on a program, in a folder and with a database of its own; returns what it says."""
    with contextlib.ExitStack() as stack:

        def run_pytest(program: str) -> str:
            (tmp_path / "test_authors.py").write_text(program, "utf-8")
            url = stack.enter_context(databases.fresh(os.environ.get("DATABASE_URL")))
            environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
            if url:
                environment["DATABASE_URL"] = url
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_authors.py"]
            done = subprocess.run(
                command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=50, check=False
            )
            return done.stdout + done.stderr

        yield run_pytest


def assert_says(said: str, lines: list[str]) -> None:
    """Each line is said, as the beginning of one: pytest adds how long it took."""
    for line in lines:
        assert re.search(rf"^{re.escape(line)}", said, re.MULTILINE), f"the page says '{line}', and pytest:\n{said}"


def test_without_the_fixture_pytest_says_what_the_page_says(run):
    assert_says(run(blocks(until=BEFORE)), WITHOUT)


def test_with_the_fixture_pytest_says_what_the_page_says(run):
    assert_says(run(blocks()), WITH)


def test_the_tested_code_may_roll_back(run):
    assert_says(run(blocks() + ROLLS_BACK), ["5 passed"])


@pytest.mark.parametrize(
    ("edit", "instead"),
    [
        ("        connection.begin()\n        new", "        new"),
        ('mode="create_savepoint",', 'mode="conditional_savepoint",'),
        ("@pytest.fixture(autouse=True)", "@pytest.fixture"),
        ("            bind=connection,\n", ""),
    ],
)
def test_a_careless_edit_of_the_fixture_is_noticed(run, edit, instead):
    program = blocks() + ROLLS_BACK
    assert program.count(edit) == 1, f"the page no longer has {edit!r}: mend this test"
    assert re.search(r"\d failed", run(program.replace(edit, instead)))


def test_ids_are_given_back_on_sqlite_alone(run):
    of_two = "(1, 1)" if backend() == "sqlite" else "(1, 2)"
    assert_says(run(blocks(without=("tests",)) + IDS.replace("IDS_OF_TWO_TESTS", of_two)), ["2 passed"])


def test_a_session_on_another_connection_commits(run):
    assert_says(run(blocks() + OTHER_CONNECTION), ["5 passed"])


def test_a_session_on_another_connection_may_find_sqlite_locked(run):
    if backend() == "sqlite":
        assert_says(run(blocks() + LOCKED), ["3 passed"])


def test_a_session_that_was_opened_before_keeps_its_engine(run):
    assert_says(run(blocks() + OPENED_BEFORE), ["6 passed"])


def test_ddl_commits_on_mariadb(run):
    assert_says(run(blocks() + DDL), ["4 passed"])


def test_unittest_enters_the_same_context(run):
    assert_says(run(blocks(without=("tests", "fixture")) + UNITTEST), ["2 passed"])


def backend() -> str:
    """The database that the tests run on."""
    return make_url(os.environ.get("DATABASE_URL") or "sqlite://").get_backend_name()
