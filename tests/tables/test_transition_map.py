"""The map of the states has exactly the edges of the data, and every label has its place."""

import re
import xml.etree.ElementTree as ET

import pytest

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site.inline_svg import SVG
from tools.tables import transition_map
from tools.tables.table import TableError
from tools.tables.transition_tables import data
from tracer.locale import words as tracer_words
from tracer.recording import STATES

EDGES = data("transitions")["edges"]


def drawn(language="en"):
    return ET.fromstring(transition_map.svg(language, "words"))


def test_the_map_has_exactly_the_edges_of_the_data():
    edges = {(edge["from"], edge["to"]) for edge in EDGES if edge["from"] != edge["to"]}
    assert {tuple(found.get("data-edge").split()) for found in drawn().iter() if found.get("data-edge")} == edges


def test_an_edge_is_dashed_where_no_event_fires():
    fires = {(edge["from"], edge["to"]) for edge in EDGES if edge["events"]}
    for found in drawn().findall(f"{{{SVG}}}g[@data-edge]"):
        dashed = found.find(f"{{{SVG}}}path").get("stroke-dasharray") is not None
        assert dashed == (tuple(found.get("data-edge").split()) not in fires)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_every_state_in_its_shape(language):
    texts = [text.text for text in drawn(language).iter(f"{{{SVG}}}text")]
    styles = (ROOT / "tracer" / "static" / "stepper.css").read_text("utf-8")
    for state in STATES:
        assert tracer_words(language)[state] in texts
        assert transition_map.SHAPES[state] in texts
        shape = transition_map.SHAPES[state]
        assert re.search(rf'\.state-{state}\b[^{{]*::before {{ content: "{shape}"', styles), state


def test_the_first_call_of_every_edge_is_named():
    for ends, edge in transition_map.edges().items():
        place = transition_map.PLACES[ends]
        said = "".join(text.text for text in transition_map.label(edge, place, "en"))
        names = [transition_map.short(call, "en")[0].replace(" ", "") for call in edge.calls]
        first, *_ = place.first or edge.calls
        assert transition_map.short(first, "en")[0].replace(" ", "") in said.replace(" ", ""), ends
        assert (transition_map.MORE in said) == (
            not all(name in said.replace(" ", "").replace(",", "") for name in set(names))
        ), ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_lies_on_a_line_or_on_another(language):
    texts, boxes = [], [(x, y, x + w, y + h) for x, y, w, h in transition_map.BOXES.values()]
    for ends, edge in transition_map.edges().items():
        texts += transition_map.label(edge, transition_map.PLACES[ends], language)
    lines = [
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for place in transition_map.PLACES.values()
        for (x0, y0), (x1, y1) in zip(place.points, place.points[1:], strict=False)
    ]

    def meet(a, b):
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    for number, text in enumerate(texts):
        left, top, right, bottom = text.box
        assert left >= 0 and right <= transition_map.WIDTH and top >= 0 and bottom <= transition_map.HEIGHT, text
        for other in (*lines, *boxes, *(later.box for later in texts[number + 1 :])):
            assert not meet(text.box, other), (
                f"'{text.text}' lies on {other}: move its label in tools/tables/transition_map.py"
            )


def test_labels_are_large_enough_on_a_phone():
    assert transition_map.SIZE >= 12 and transition_map.WIDTH <= 352  # a phone of 360 px shows it at its own size


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda edges: [*edges, {**edges[0], "to": "deleted"}], "new → deleted has no place in the drawing"),
        (lambda edges: [edge for edge in edges if edge["from"] != "detached"], "is drawn, but not in the data"),
    ],
)
def test_data_and_places_that_differ_are_one_line(monkeypatch, change, said):
    monkeypatch.setattr(transition_map, "data", lambda name: {"edges": change(EDGES)})
    with pytest.raises(TableError, match=re.escape(said)) as failure:
        transition_map.svg("en", "words")
    assert "\n" not in str(failure.value)
