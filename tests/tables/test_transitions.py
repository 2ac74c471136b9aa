"""The transitions were all tried; the map has exactly the edges of the data, and every label has its place."""

import json
import re

import pytest
from sqlalchemy.orm import Session

from tables.transitions import draw
from tests.tables.drawing import PAGE, data, element, words
from tools.content.pages import LANGUAGES
from tools.run import variants
from tools.site.inline_svg import SVG
from tools.tables import registry
from tools.tables.table import TableError, state_name
from tracer import assets
from tracer.listeners import CHANGES
from tracer.recording import STATES

DATA = data("transitions")
EDGES = DATA["edges"]
# Methods of a Session that are not about an object: tried nowhere.
OTHERS = {
    *("begin", "prepare", "in_transaction", "in_nested_transaction", "get_transaction", "get_nested_transaction"),
    *("bind_mapper", "bind_table", "get_bind", "connection_callable", "execution_options"),
    *("bulk_insert_mappings", "bulk_update_mappings", "identity_key", "object_session"),
}


def svg(language="en"):
    return element("transitions", language, "map", "words").find(f"figure/{{{SVG}}}svg")


def say(language):
    return words("transitions", language).plain_phrase


# What the data hold.


def test_every_event_and_every_state_appears():
    assert {name for edge in EDGES for name in edge["events"]} == set(CHANGES)
    assert {state for edge in EDGES for state in (edge["from"], edge["to"])} == {*STATES, "new"}


@pytest.mark.skipif("sqlalchemy" in variants.here(), reason="the methods are those of the default version")
def test_every_method_that_could_move_an_object_was_tried():
    found = json.dumps(DATA)
    methods = [name for name in dir(Session) if not name.startswith("_") and callable(getattr(Session, name))]
    assert [name for name in methods if f"`{name}(" not in found and name not in OTHERS] == []


# The map.


def test_the_map_has_exactly_the_edges_of_the_data():
    edges = {(edge["from"], edge["to"]) for edge in EDGES if edge["from"] != edge["to"]}
    assert {tuple(found.get("data-edge").split()) for found in svg().iter() if found.get("data-edge")} == edges


def test_an_edge_is_dashed_where_no_event_fires():
    fires = {(edge["from"], edge["to"]) for edge in EDGES if edge["events"]}
    for found in svg().findall(f"{{{SVG}}}g[@data-edge]"):
        dashed = found.find(f"{{{SVG}}}path").get("stroke-dasharray") is not None
        assert dashed == (tuple(found.get("data-edge").split()) not in fires)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_names_every_state_in_its_shape(language):
    texts = [text.text for text in svg(language).iter(f"{{{SVG}}}text")]
    styles = assets.style()
    for state in STATES:
        assert state_name(state, language) in texts
        shape = draw.SHAPES[state]
        assert shape in texts
        assert re.search(rf'\.state-{state}\b[^{{]*{{[^}}]*--shape: "{shape}"', styles), state


def test_the_first_call_of_every_edge_is_named():
    for ends, edge in draw.edges(DATA).items():
        place = draw.PLACES[ends]
        said = "".join(text.text for text in draw.label(edge, place, say("en")))
        names = [draw.short(call, say("en"))[0].replace(" ", "") for call in edge.calls]
        first, *_ = place.first or edge.calls
        assert draw.short(first, say("en"))[0].replace(" ", "") in said.replace(" ", ""), ends
        assert (draw.MORE in said) == (
            not all(name in said.replace(" ", "").replace(",", "") for name in set(names))
        ), ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_lies_on_a_line_or_on_another(language):
    texts, boxes = [], [(x, y, x + w, y + h) for x, y, w, h in draw.BOXES.values()]
    for ends, edge in draw.edges(DATA).items():
        texts += draw.label(edge, draw.PLACES[ends], say(language))
    lines = [
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        for place in draw.PLACES.values()
        for (x0, y0), (x1, y1) in zip(place.points, place.points[1:], strict=False)
    ]

    def meet(a, b):
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    for number, text in enumerate(texts):
        left, top, right, bottom = text.box
        assert left >= 0 and right <= draw.WIDTH and top >= 0 and bottom <= draw.HEIGHT, text
        for other in (*lines, *boxes, *(later.box for later in texts[number + 1 :])):
            assert not meet(text.box, other), f"'{text.text}' lies on {other}: move it in tables/transitions/draw.py"


def test_labels_are_large_enough_on_a_phone():
    assert draw.SIZE >= 12 and draw.WIDTH <= 352  # a phone of 360 px shows it at its own size


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda edges: [*edges, {**edges[0], "to": "deleted"}], "new → deleted has no place in the drawing"),
        (lambda edges: [edge for edge in edges if edge["from"] != "detached"], "is drawn, but not in the data"),
    ],
)
def test_data_and_places_that_differ_are_one_line(change, said):
    with pytest.raises(ValueError, match=re.escape(said)) as failure:
        draw.edges({"edges": change(EDGES)})
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [("x", "words", "there is no map 'x'"), ("transitions", "", "write them inside the fence")],
)
def test_a_map_that_cannot_be_drawn_is_one_line(name, text, said):
    with pytest.raises(TableError, match=said):
        registry.draw("map", name, text, "en", PAGE)


# The table.


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_every_edge_with_its_calls_and_events(language):
    rows = element("transitions", language).findall("div/table/tbody/tr")
    for row, edge in zip(rows, EDGES, strict=True):
        head, calls, events = row
        states = [badge.get("class") for badge in head.findall("b")]
        assert states == [f"state-{state}" for state in (edge["from"], edge["to"]) if state in STATES]
        said = [words("transitions", language).plain_phrase(call).replace("`", "") for call in edge["calls"]]
        assert "".join(calls.itertext()) == (", " if language == "en" else "、").join(said)
        assert ["".join(code.itertext()) for code in events.findall("code")] == edge["events"]


def test_a_session_keeps_the_objects_that_a_flush_still_needs():
    """As sessions/identity-map.md says of changed and marked objects."""
    kept = {(one["state"], one["when"]) for one in DATA["kept"] if one["kept"]}
    assert kept == {
        *(("pending", ""), ("pending", "in a cascading parent's collection"), ("pending", "refused by the database")),
        *(("persistent", "changed"), ("persistent", "after `delete()`"), ("persistent", "orphaned")),
    }
