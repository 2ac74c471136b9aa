"""Verb and table of a statement."""

import pytest

from tracer import statements


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT author.id FROM author", "SELECT author"),
        ("select 1", "SELECT"),
        ("INSERT INTO author (name) VALUES (?)", "INSERT author"),
        ("INSERT OR REPLACE INTO author (name) VALUES (?)", "INSERT author"),
        ('UPDATE "Author" SET name=?', "UPDATE Author"),
        ("UPDATE ONLY author SET name=?", "UPDATE author"),
        ("DELETE FROM `author`", "DELETE author"),
        ('DELETE FROM public."author" WHERE id = 1', "DELETE author"),
        ("SELECT a FROM [dbo].[author]", "SELECT author"),
        ("SELECT (SELECT count(*) FROM book WHERE x = (1)) AS n, a.id FROM author AS a", "SELECT author"),
        ("SELECT count(*) FROM (SELECT book.id FROM book) AS found", "SELECT book"),
        ("SELECT count(*) FROM ((author))", "SELECT author"),
        (
            "SELECT a FROM (author JOIN book ON author.id = book.author_id) WHERE id IN (SELECT 1 FROM tag)",
            "SELECT author",
        ),
        ("SELECT EXTRACT(year FROM author.born) AS year FROM author", "SELECT author"),
        ("WITH found AS (SELECT id FROM book) SELECT * FROM found", "WITH book"),
        ("CREATE TABLE IF NOT EXISTS author (id INTEGER)", "CREATE TABLE author"),
        ("DROP TABLE author", "DROP TABLE author"),
        ("  SAVEPOINT sa_savepoint_1", "SAVEPOINT"),
        ("RELEASE SAVEPOINT sa_savepoint_1", "RELEASE SAVEPOINT"),
        ("ROLLBACK TO SAVEPOINT sa_savepoint_1", "ROLLBACK TO SAVEPOINT"),
        ("PRAGMA foreign_keys = ON", "PRAGMA"),
        ("", ""),
        ("(((", ""),
    ],
)
def test_summary(sql, said):
    assert statements.summary(sql) == said
