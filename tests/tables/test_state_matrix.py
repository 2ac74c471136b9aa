"""The state matrix says what was computed, cell by cell, in both languages; a question asks what a cell answers."""

import copy
import re
import tomllib
from html.parser import HTMLParser

import pytest

from tests.conftest import replace
from tools.checks import check
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.tables import registry, state_matrix, table
from tools.tables.state_matrix import Matrix
from tools.tables.table import TableError
from tools.tables.told import data
from tracer.words import WORDS

DATA = data("matrix")
MATRIX = Matrix(DATA)
CELLS = [(start, operation) for start in MATRIX.starts for operation in MATRIX.operations]
QUESTIONS = {
    language: [fence for page in Repository().pages[language].values() for section in page.sections
               for fence in section.computed if fence.language == "predict"]
    for language in LANGUAGES
}  # fmt: skip


class Rows(HTMLParser):
    """The rows of a table by anchor, each a list of cells: the text, and the classes that stand in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[tuple[str, list[str]]]] = {}
        self.row: list[tuple[str, list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "tr" and "id" in attributes:
            assert attributes["id"] not in self.rows
            self.row = self.rows[attributes["id"]] = []
        elif tag in ("th", "td") and self.rows:
            self.row.append(("", [attributes["class"]] if "class" in attributes else []))
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "b" and self.row:
            self.row[-1][1].append(attributes["class"])

    def handle_data(self, data):
        if self.row:
            text, classes = self.row[-1]
            self.row[-1] = (text + data, classes)


def rows(start: str, language: str) -> dict[str, list[tuple[str, list[str]]]]:
    return Rows(state_matrix.draw(f"matrix-{start}", language, MATRIX)).rows


def test_ten_starting_points_and_thirty_operations():
    assert (len(MATRIX.starts), len(MATRIX.operations)) == (10, 30)
    assert {start: list(cells) for start, cells in DATA["cells"].items()} == {
        start: list(MATRIX.operations) for start in MATRIX.starts
    }


def test_every_cell_has_an_anchor_of_its_own():
    anchors = [f"{start}-{operation}" for start, operation in CELLS]
    assert len(set(anchors)) == 300
    assert [MATRIX.named(anchor) for anchor in anchors] == CELLS
    assert set(anchors) == set().union(*(registry.anchors("table", f"matrix-{start}") for start in MATRIX.starts))


def test_the_page_shows_the_setup_of_every_cell():
    story = (ROOT / "snippets" / "states" / "a_cell_is_a_program.py").read_text("utf-8")
    shown = story.partition("[start:setup]\n")[2].partition("# --8<-- [end:setup]")[0].splitlines()
    assert [line for line in DATA["setup"].splitlines() if line not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("start", MATRIX.starts)
def test_a_table_says_what_was_computed(start, language):
    drawn = rows(start, language)
    assert list(drawn) == [f"{start}-{operation}" for operation in MATRIX.operations]
    for operation, code in MATRIX.operations.items():
        cell = MATRIX.cell(start, operation)
        (head, _), (after, badges), (does, others) = drawn[f"{start}-{operation}"]
        assert head == code
        assert [name for name in badges if name != "same"] == [f"state-{cell['after']['state']}"]
        assert after.startswith(WORDS[language][cell["after"]["state"]])
        assert re.findall(r"\w+_to_\w+", after) == cell.get("events", [])
        for key in ("id", "name"):
            new = key in cell["after"] and cell["after"].get(key) != cell["before"].get(key)
            assert (f"{key}={cell['after'].get(key)!r}" in after) == new
        unchanged = cell["before"] == cell["after"] and "events" not in cell
        assert ("same" in badges) == unchanged
        no_sql = table.said("no SQL", language, "matrix")
        sent = cell.get("sent", [no_sql])
        assert does.splitlines()[: len(sent)] == sent
        assert (no_sql in does) == ("sent" not in cell)
        held = [one for key in ("copy", "found") for one in _listed(cell.get(key))]
        assert others == [f"state-{one['state']}" for one in held if isinstance(one, dict)]
        for kind in ("error", "warning"):
            if kind in cell:
                assert f"{cell[kind]['type']}{cell[kind]['message']}" in does
        assert ("Error" in does) == ("error" in cell)
        for name in cell.get("others", []):
            assert name in does


def _listed(held):
    return held if isinstance(held, list) else [held]


@pytest.mark.parametrize("start", MATRIX.starts)
def test_both_languages_say_it_in_the_same_places(start):
    tags = [re.findall(r"<[^>]+>", state_matrix.draw(f"matrix-{start}", language, MATRIX)) for language in LANGUAGES]
    assert tags[0] == tags[1]


def test_the_filter_offers_everything():
    html = state_matrix.draw("matrix-filter", "zh", MATRIX)
    assert re.findall(r'<option value="([^"]+)"', html) == [*MATRIX.starts, *MATRIX.operations]
    page = Repository().pages["en"]["reference/states.md"]
    assert page.name.count("/") == 1 and state_matrix.SCRIPT == "../../assets/matrix.js"
    assert (ROOT / "docs" / "assets" / "matrix.js").is_file()


# Questions.


def test_twenty_questions_the_same_in_both_languages():
    names = {language: [fence.name for fence in fences] for language, fences in QUESTIONS.items()}
    assert names["en"] == names["zh"]
    assert len({name.split()[0] for name in names["en"]}) == 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(20))
def test_the_answer_is_the_cell(language, number):
    fence = QUESTIONS[language][number]
    html = registry.draw("predict", fence.name, fence.text, language)
    asked = fence.name.split()[0]
    start, operation = MATRIX.named(asked)
    program = re.search("<code>(.*?)</code>", html, re.DOTALL)[1].replace("<wbr>", "")
    assert program == f"{MATRIX.starts[start]['code']}\n{MATRIX.operations[operation]}"
    choices = re.findall("<li>(.*?)</li>", html)
    letter, answer = re.search(r"<div><b>(\w)</b> (.*?)(?:<br>.*?)?</div>", html).groups()
    assert choices["ABC".index(letter) if letter in "ABC" else 3] == answer
    assert answer == state_matrix._outcome(MATRIX.cell(start, operation), language)
    assert f'href="../../reference/states/#{asked}"' in html


# What does not fit is one line.


def test_a_cell_that_is_missing():
    data = copy.deepcopy(DATA)
    del data["cells"]["pending"]["flush"]
    with pytest.raises(TableError) as failure:
        state_matrix.draw("matrix-pending", "en", Matrix(data))
    assert str(failure.value) == (
        "snippets/reference/matrix.json: has no cell 'pending-flush'; run make record STORY=reference/matrix"
    )


def test_a_label_without_chinese(monkeypatch, tmp_path):
    labels = tmp_path / "chinese.toml"
    labels.write_text(table.LABELS.read_text("utf-8"), "utf-8")
    replace(labels, '"no SQL" = ', '"some SQL" = ')
    monkeypatch.setattr(table.said, "__defaults__", ("everywhere", labels))
    with pytest.raises(TableError, match="has no Chinese for 'no SQL' of 'matrix'"):
        state_matrix.draw("matrix-pending", "zh", MATRIX)


def test_no_chinese_is_left_without_its_english(monkeypatch):
    spoken = set()
    monkeypatch.setattr(state_matrix, "said", lambda phrase, *rest: spoken.add(phrase) or table.said(phrase, *rest))
    for name in (state_matrix.FILTER, *(f"matrix-{start}" for start in MATRIX.starts)):
        state_matrix.draw(name, "zh", MATRIX)
    for fence in QUESTIONS["zh"]:
        state_matrix.question(fence.name, fence.text, "zh", MATRIX)
    known = tomllib.loads(table.LABELS.read_text("utf-8"))["matrix"]
    assert known.keys() - spoken == set(), f"delete these lines of [matrix] in {table.LABELS.name}"


@pytest.mark.parametrize(
    "kind, name, text, message",
    [
        ("table", "matrix-none", "", "there is no table 'matrix-none': name matrix-filter, or one of matrix-transient"),
        ("predict", "pending-fly pending-add", "So.", "there is no cell 'pending-fly': name a starting point and"),
        ("predict", "", "So.", "there is no cell '': name a starting point and"),
        ("predict", "pending-flush", "So.", "predict 'pending-flush' has one choice only: name cells with another"),
        ("predict", "pending-flush pending-add", " ", "predict 'pending-flush pending-add' gives no reason: write it"),
        ("predict", "marked-close marked-close", "So.", "predict 'marked-close marked-close': two choices are the"),
    ],
)
def test_a_fence_that_cannot_be_drawn(kind, name, text, message):
    with pytest.raises(TableError) as failure:
        registry.draw(kind, name, text, "en")
    assert str(failure.value).startswith(message)
    assert "\n" not in str(failure.value)


def test_a_link_to_a_cell_is_checked(repository):
    link = '\nSee [one](#pending-flush) and [another](#pending-fly).\n\n```table name="matrix-pending"\n```\n'
    repository.english.write_text(repository.english.read_text("utf-8") + link, "utf-8")
    (problem,) = check.check_links(Repository(repository.root))
    assert "link to '#pending-fly': 'chapter/one-thing.md' has no heading with id 'pending-fly'" in str(problem)
