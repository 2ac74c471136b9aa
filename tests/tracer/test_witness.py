"""The other connection sees what is committed, and nothing else."""

import contextlib

import pytest
import sqlalchemy
from sqlalchemy import make_url

from tracer.witness import MAX_ROWS, NoWitness, Witness, sort_key


def rows_of(trace, program, code):
    return trace(program).after(code)["tables"]


def test_others_see_what_is_committed(trace):
    program = """
        session = Session(engine)
        session.add(Author(id=1, name="ann"))
        session.flush()
        session.commit()
        session.execute(sqlalchemy.delete(Author))
        session.rollback()
    """
    traced = trace(program)
    assert traced.after("session.flush()")["tables"]["author"] == []
    assert traced.after("session.commit()")["tables"]["author"] == [[1, "ann"]]
    assert "tables" not in traced.at("session.execute(sqlalchemy.delete(Author))").changes
    assert "tables" not in traced.at("session.rollback()").changes


def test_others_commit_too(trace):
    """What somebody else commits is seen as soon as the program sends anything but a SELECT."""
    traced = trace("""
        other = Session(engine)
        with Session(engine) as session, session.begin():
            session.add(Author(id=1, name="ann"))
        with Session(engine) as session, session.begin():
            session.get(Author, 1).name = "anna"
        other.close()
    """)
    assert traced.after("other.close()")["tables"]["author"] == [[1, "anna"]]


def test_many_rows_are_cut(trace):
    traced = trace(f"""
        with engine.begin() as connection:
            connection.execute(sqlalchemy.insert(Author), [{{}} for n in range({MAX_ROWS + 5})])
    """)
    rows = traced.after("with engine.begin() as connection:")["tables"]["author"]
    assert len(rows) == MAX_ROWS + 1
    assert rows[-1] == MAX_ROWS + 5, "how many there are"


def test_rows_of_all_types_have_one_order():
    rows = [[None], ["b"], [2], ["a"], [1.5], [b"x"]]
    assert sorted(rows, key=sort_key) == [[1.5], [2], ["a"], ["b"], [b"x"], [None]]


def test_a_lock_in_the_way_is_said(trace):
    traced = trace(
        """
        from shelf import *
        locked = sqlalchemy.create_engine("sqlite:///locked.db")
        Base.metadata.create_all(locked)
        # --- story
        connection = locked.connect()
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        connection.rollback()
        connection.close()
    """,
        setup=False,
    )
    changes = traced.at('connection.exec_driver_sql("BEGIN EXCLUSIVE")').changes["tables"]
    assert changes == {"*": "not readable: OperationalError: database is locked"}
    assert traced.at("connection.rollback()").changes["tables"] == {"*": None}
    assert traced.after("connection.close()")["tables"]["author"] == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite://", "a database in memory has no second connection"),
        ("sqlite:///:memory:", "a database in memory has no second connection"),
        ("sqlite:///file:x?mode=memory&cache=shared&uri=true", "a database in memory has no second connection"),
        ("sqlite:///missing.db", "the program's connection is not to the file missing.db"),
        ("oracle://scott@host/x", "the tracer cannot open a second connection to oracle"),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "127.0.0.1"),
        ("mysql+pymysql://nobody@127.0.0.1:1/none", "127.0.0.1"),
    ],
)
def test_where_there_can_be_none(shelf, url, why):
    if "psycopg" in url:
        pytest.importorskip("psycopg")
    if "pymysql" in url:
        pytest.importorskip("pymysql")
    with pytest.raises(NoWitness, match=why):
        Witness(make_url(url))


def test_a_database_in_memory_is_traced_without_it(trace):
    traced = trace(
        """
        from shelf import *
        engine = sqlalchemy.create_engine("sqlite://")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Author(name="ann"))
            session.commit()
    """,
        setup=False,
    )
    assert traced.recording.database == "sqlite"
    assert "database in memory" in traced.recording.no_witness
    assert "tables" not in traced.after("session.commit()")
    assert "! no other connection: a database in memory" in traced.text


def test_rows_are_read_again_only_if_something_was_committed(shelf):
    engine = shelf.fresh()
    with contextlib.closing(Witness(sqlalchemy.make_url(engine.url))) as witness:
        if witness.database == "mysql":
            pytest.skip("MariaDB does not tell whether something was committed")
        statements = []
        rows = witness._rows
        witness._rows = lambda sql, *more: statements.append(sql) or rows(sql, *more)
        first = witness.read()

        def read_again() -> int:
            asked = len(statements)
            assert witness.read() == first
            return len(statements) - asked

        # PostgreSQL tells of what others commit in other databases, too: not every time, if they do.
        assert any(read_again() == 1 for _ in range(50))
        with engine.begin() as connection:
            connection.execute(sqlalchemy.insert(shelf.Author).values(id=7))
        assert witness.read()["author"] == [[7, None]]
