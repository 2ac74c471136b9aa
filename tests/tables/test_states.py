"""The matrix of states × operations says what was computed, cell by cell; a question asks what a cell answers."""

import re
import runpy
from html.parser import HTMLParser

import pytest

from tests.tables.drawing import FENCES, PAGE, REPOSITORY, data, words
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables import registry
from tools.tables.table import TableError, state_name

DATA = data("states")
DRAW = runpy.run_path(str(ROOT / "tables" / "states" / "draw.py"))
CELLS = [(start, operation) for start in DATA["starts"] for operation in DATA["operations"]]
QUESTIONS = {
    language: [fence for _, fence in fences if fence.language == "predict"] for language, fences in FENCES.items()
}


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


def drawn(name: str, language: str) -> str:
    return registry.draw("table", name, "", language, "reference/states.md")


def test_ten_starting_points_and_thirty_operations():
    assert (len(DATA["starts"]), len(DATA["operations"])) == (10, 30)
    assert {start: list(cells) for start, cells in DATA["cells"].items()} == {
        start: list(DATA["operations"]) for start in DATA["starts"]
    }


def test_every_cell_has_an_anchor_of_its_own():
    anchors = [f"{start}-{operation}" for start, operation in CELLS]
    assert len(set(anchors)) == 300
    assert [DRAW["named"](anchor, DATA) for anchor in anchors] == CELLS
    assert set(anchors) == set().union(*(registry.anchors("table", f"matrix-{start}") for start in DATA["starts"]))


def test_the_page_shows_the_setup_of_every_cell():
    story = (ROOT / "snippets" / "states" / "a_cell_is_a_program.py").read_text("utf-8")
    shown = story.partition("[start:setup]\n")[2].partition("# --8<-- [end:setup]")[0].splitlines()
    assert [line for line in DATA["setup"].splitlines() if line not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("start", DATA["starts"])
def test_a_table_says_what_was_computed(start, language):
    rows = Rows(drawn(f"matrix-{start}", language)).rows
    assert list(rows) == [f"{start}-{operation}" for operation in DATA["operations"]]
    no_sql = words("states", language).plain("no-sql")
    for operation, code in DATA["operations"].items():
        cell = DATA["cells"][start][operation]
        (head, _), (after, badges), (does, others) = rows[f"{start}-{operation}"]
        assert head == code
        assert [name for name in badges if name != "same"] == [f"state-{cell['after']['state']}"]
        assert after.startswith(state_name(cell["after"]["state"], language))
        assert re.findall(r"\w+_to_\w+", after) == cell.get("events", [])
        for key in ("id", "name"):
            new = key in cell["after"] and cell["after"].get(key) != cell["before"].get(key)
            assert (f"{key}={cell['after'].get(key)!r}" in after) == new
        unchanged = cell["before"] == cell["after"] and "events" not in cell
        assert ("same" in badges) == unchanged
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_has_the_states_of_its_cells(language):
    rows = re.findall("<tr>(.*?)</tr>", drawn("states-summary", language), re.DOTALL)[1:]
    for operation, row in zip(DRAW["SUMMARY_CALLS"], rows, strict=True):
        assert f"<code>{operation}()</code>" in row
        cells = re.findall('<td( class="same")?>(.*?)</td>', row)
        for start, (same, said) in zip(DRAW["SUMMARY_STARTS"], cells, strict=True):
            cell = DATA["cells"][start][operation]
            marked = cell["after"]["state"] == "persistent" and "deleted" in cell["after"].get("listed", ())
            if "error" in cell:
                assert said == f"<small>{words('states', language).plain('fails')}</small>"
                assert cell["before"] == cell["after"]
                continue
            assert said.startswith(f'<b class="state-{cell["after"]["state"]}">')
            assert (words("states", language).plain("marked") in said) == marked
            assert bool(same) == (cell["before"]["state"] == cell["after"]["state"] and marked == (start == "marked"))


def test_the_filter_offers_everything():
    html = drawn("matrix-filter", "zh")
    assert re.findall(r'<option value="([^"]+)"', html) == [*DATA["starts"], *DATA["operations"]]
    assert '<script src="../../assets/matrix.js" defer></script>' in html
    assert (ROOT / "docs" / "assets" / "matrix.js").is_file()
    assert "reference/states.md" in REPOSITORY.pages["en"]


# Questions.


def test_twenty_questions_the_same_in_both_languages():
    names = {language: [fence.name for fence in fences] for language, fences in QUESTIONS.items()}
    assert names["en"] == names["zh"]
    assert len({name.split()[0] for name in names["en"]}) == 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(20))
def test_the_answer_is_the_cell(language, number):
    fence = QUESTIONS[language][number]
    html = registry.draw("predict", fence.name, fence.text, language, "states/quiz.md")
    asked = fence.name.split()[0]
    start, operation = DRAW["named"](asked, DATA)
    program = re.search("<code>(.*?)</code>", html, re.DOTALL)[1].replace("<wbr>", "")
    assert program == f"{DATA['starts'][start]['code']}\n{DATA['operations'][operation]}"
    choices = re.findall("<li>(.*?)</li>", html)
    letter, answer = re.search(r"<div><b>(\w)</b> (.*?)(?:<br/>.*?)?</div>", html).groups()
    assert choices["ABCD".index(letter)] == answer
    cell = DATA["cells"][start][operation]
    assert answer.startswith(f'<b class="state-{cell["after"]["state"]}">')
    said = re.sub("<.*?>", "", answer)
    for sent in cell.get("sent", []):
        assert sent in said
    asks = words("states", language).plain("which-event") in html
    for event in cell.get("events", []):
        assert (event in said) == asks
    assert ("error" in cell) == (cell.get("error", {}).get("type", "–") in said)
    assert f'href="../../reference/states/#{asked}"' in html


@pytest.mark.parametrize(
    "kind, name, text, message",
    [
        ("table", "matrix-none", "", "there is no table 'matrix-none': name one of matrix-filter, matrix-transient"),
        ("predict", "pending-fly pending-add", "So.", "there is no cell 'pending-fly': name a starting point and"),
        ("predict", "", "So.", "there is no cell '': name a starting point and"),
        ("predict", "pending-flush", "So.", "predict 'pending-flush' has one choice only: name cells with another"),
        ("predict", "pending-flush pending-add", " ", "predict 'pending-flush pending-add' gives no reason: write it"),
        ("predict", "marked-close marked-close", "So.", "predict 'marked-close marked-close': two choices are the"),
        ("predict", "marked-get marked-add", "So.", "predict 'marked-get marked-add': one choice has no found; name a"),
    ],
)
def test_a_fence_that_cannot_be_drawn(kind, name, text, message):
    with pytest.raises(TableError) as failure:
        registry.draw(kind, name, text, "en", PAGE)
    assert str(failure.value).startswith(message)
    assert "\n" not in str(failure.value)


def test_a_choice_has_the_kind_of_result_that_the_call_gives():
    for cell, asked, found in (
        ({"found": ["author"]}, {"found": "author"}, {"found": "author"}),
        ({"found": []}, {"found": "author"}, {"found": None}),
        ({"found": "author"}, {"found": []}, {"found": ["author"]}),
        ({"found": None}, {"found": ["author"]}, {"found": []}),
        ({"prints": "Ursula", "sent": ["BEGIN"]}, {"copy": "author"}, {"sent": ["BEGIN"]}),
    ):
        assert DRAW["fitted"](cell, asked) == found


def test_a_cell_that_is_missing_is_one_line():
    with pytest.raises(
        ValueError, match="tables/states/data.json: has no cell 'pending-flush'; run make record STORY="
    ):
        DRAW["cell"]({"cells": {"pending": {}}}, "pending", "flush")
