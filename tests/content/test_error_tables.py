"""The tables of errors: which rows a page has, and which section explains each."""

import pytest

from tools.content import error_tables
from tools.content.pages import Page

TEXT = """# Locks {#locks}

| not | this |
| --- | --- |
| `one` | it stands above |

## Waiting {#waiting}

## Error messages {#errors}

| Message | Why | Fix |
| --- | --- | --- |
| `database is locked` on SQLite, `timeout` elsewhere | Another transaction [writes](#waiting). | Wait. |
| `gone` | See [the other page](other.md#waiting). | [Here](#nowhere) |

### Two more {#more}

| Message | Why |
| --- | --- |
| `late` | too late |

## Next {#next}

| `not` | this |
| --- | --- |
| `two` | it stands below |
"""


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "locks.md"
    path.write_text(TEXT, "utf-8")
    return list(error_tables.rows(Page(path, "en", "locks.md")))


def test_rows_of_the_section_and_of_those_below(rows):
    assert [row.messages for row in rows] == [["database is locked", "timeout"], ["gone"], ["late"]]


def test_a_row_knows_its_line(rows):
    assert [TEXT.splitlines()[row.line - 1].split("`")[1] for row in rows] == ["database is locked", "gone", "late"]


def test_the_fix_of_a_row(rows):
    assert [row.fix for row in rows] == ["Wait.", "Here", ""]


def test_links_are_taken_off(rows):
    assert rows[0].message == "`database is locked` on SQLite, `timeout` elsewhere"
    assert [row.reason for row in rows] == ["Another transaction writes.", "See the other page.", "too late"]


def test_a_row_keeps_its_links_too(rows):
    assert rows[0].linked_reason == "Another transaction [writes](#waiting)."
    assert [row.linked_fix for row in rows] == ["Wait.", "[Here](#nowhere)", ""]


def test_the_section_that_a_row_links_to_explains_it(rows):
    assert [row.section.id for row in rows] == ["waiting", "errors", "errors"]


def test_a_page_without_such_a_section_has_no_rows(tmp_path):
    path = tmp_path / "plain.md"
    path.write_text("# Plain {#plain}\n\n| a | b |\n| --- | --- |\n| `c` | d |\n", "utf-8")
    assert list(error_tables.rows(Page(path, "en", "plain.md"))) == []
