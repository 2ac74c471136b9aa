"""The mutants of a story: each a careless edit, none of them the story again."""

import ast

import pytest

from tools.content.repository import Repository
from tools.run.mutants import mutants

TOP = "from snippets.library import Author, engine\n\nsession = Session(engine)\n# --- story\n"


def changes(story: str) -> dict[str, str]:
    """The mutants of a story: change → its text below the mark, without trailing lines."""
    return {mutant.change: mutant.source.removeprefix(TOP).rstrip("\n") for mutant in mutants(TOP + story)}


@pytest.mark.parametrize(
    ("story", "change", "mutated"),
    [
        ("session.flush()\n", "delete: session.flush()", "()"),
        ("session.flush()\n", "commit() for flush(): session.flush()", "session.commit()"),
        ("a = 1\nb = 2\n", "swap: a = 1 <> b = 2", "b = 2\na = 1"),
        ("a = 1\n", "2 for 1: a = 1", "a = 2"),
        ("a = 'x'\n", "'xx' for 'x': a = 'x'", "a = 'xx'"),
        ("a = f(b=True)\n", "False for True: a = f(b=True)", "a = f(b=False)"),
        ("a = f(b=True)\n", "without b=: a = f(b=True)", "a = f()"),
        ("a = q.where(c)\n", "without where(): a = q.where(c)", "a = q"),
        ("if a > b:\n    f()\n", "not a > b: if a > b:", "if not (a > b):\n    f()"),
        ("f(a == b)\n", "!= for a == b: f(a == b)", "f(a != b)"),
        ("with f() as a, g:\n    h()\n", "without with: with f() as a, g:", "if [a := f(), g]:\n    h()"),
        (
            "with s.begin_nested():\n    h()\n",
            "begin() for begin_nested(): with s.begin_nested():",
            "with s.begin():\n    h()",
        ),
        (
            "try:\n    f()\nexcept E:\n    g()\n",
            "except ZeroDivisionError: try:",
            "try:\n    f()\nexcept ZeroDivisionError:\n    g()",
        ),
        (
            "a = (\n    q.where(\n        c\n    ).order_by(d)\n)\n",
            "without where(): a = (",
            "a = (\n    (q\n\n).order_by(d)\n)",
        ),
        ("session.flush(\n)\n", "delete: session.flush(", "(\n)"),
    ],
)
def test_each_kind_of_edit(story, change, mutated):
    assert changes(story)[change] == mutated


def test_a_swap_takes_the_checked_comments_along():
    (swap,) = [one for one in mutants(TOP + "f()\n#> no SQL\n\nsession.flush()\n") if one.moved]
    assert swap.source == TOP + "session.flush()\n\nf()\n#> no SQL\n"
    assert swap.moved == {5: 8, 6: 7, 7: 5, 8: 6}


@pytest.mark.parametrize(
    "story",
    [
        "assert a == 1\n",  # it is evidence
        "import a\n",
        '"""Words."""\n',
        "session.add(Author())\n#> no SQL\n# --8<-- [end:shown]\nsession.close()\n",
    ],
)
def test_what_is_evidence_or_not_shown_is_not_changed(story):
    assert not [change for change in changes(story) if "add(" not in change]


def test_what_leaves_a_name_without_a_value_is_no_mutant():
    assert not [change for change in changes("a = f()\ng(a)\n") if change.startswith(("swap", "delete: a"))]


def test_no_mutant_is_there_twice_and_each_has_a_name_of_its_own():
    found = mutants(TOP + "session.flush()\nsession.flush()\n")
    assert "delete: session.flush() (2)" in [one.change for one in found]
    assert not [one for one in found if one.moved], "the two are alike"
    assert len({one.change for one in found}) == len(found) == len({ast.dump(ast.parse(one.source)) for one in found})


def test_every_line_keeps_its_number():
    for story in Repository().stories[::7]:
        source = story.read_text("utf-8")
        for mutant in mutants(source):
            assert len(mutant.source.splitlines()) == len(source.splitlines()), f"{story.name}: {mutant.change}"
