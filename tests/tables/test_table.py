"""Phrases become HTML: code that may break, badges of states; a table that cannot be drawn is a problem of its page."""

import pytest

from tools.checks import check
from tools.content.repository import Repository
from tools.tables import table
from tools.tables.table import TableError
from tools.tables.templates import without_space


@pytest.mark.parametrize(
    ("phrase", "html"),
    [
        ("a < b", "a &lt; b"),
        ('`session.add(author)` is "it"', '<code>session.<wbr>add(<wbr>author)</code> is "it"'),
        ("a < b, `c` < d", "a &lt; b, <code>c</code> &lt; d"),
        ("{pending}", '<b class="state-pending">pending</b>'),
    ],
)
def test_marks_become_html(phrase, html):
    assert table.marked(phrase, "en") == html


def test_a_state_that_there_is_not_is_one_line():
    with pytest.raises(TableError, match="'{lost}': there is no state 'lost'; name one of transient,"):
        table.marked("{lost}", "en")


def test_the_white_space_of_a_template_goes_and_that_of_code_stays():
    html = "<p>\n  <code>if x:\n    y</code> <b>z</b>\n</p>\n"
    assert without_space(html) == "<p><code>if x:\n    y</code> <b>z</b></p>"


def test_a_table_that_cannot_be_drawn_is_a_problem_of_its_page(repository):
    for path in (repository.english, repository.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="none"\n```\n', "utf-8")
    problems = [str(problem) for problem in check.check_computed(Repository(repository.root))]
    assert len(problems) == 2
    assert all("there is no table 'none'" in problem for problem in problems)


def test_the_fences_stand_in_the_built_pages(site):
    for language, folder in (("en", site), ("zh", site / "zh")):
        html = (folder / "states" / "transitions" / "index.html").read_text("utf-8")
        assert html.count('<table class="matrix summary"') == 1, language
        assert " style=" not in html
        html = (folder / "reference" / "states" / "index.html").read_text("utf-8")
        assert '<figure class="figure figure-map"' in html
