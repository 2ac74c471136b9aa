"""Recorded values are written as Python would write them."""

import pytest

from tracer.values import MAX_TEXT, python, short


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *[(None, "None"), (True, "True"), (1.5, "1.5"), ("it's", '"it\'s"'), ("→Author#1", "ann")],
        *[("<now>", "<now>"), ("<b>", "<b>"), ("<a><b>", "'<a><b>'"), ([1, "→Author#1"], "[1, ann]")],
        ([*range(9)], "[0, 1, 2, 3, … 9]"),
        ({"a": [None]}, "{a: [None]}"),
    ],
)
def test_values_as_python_writes_them(value, written):
    assert python(value, {"Author#1": "ann"}.get) == written


def test_long_text_is_cut_with_an_ellipsis():
    assert short("x" * MAX_TEXT) == "x" * MAX_TEXT
    assert short("x" * (MAX_TEXT + 1)) == "x" * (MAX_TEXT - 1) + "…"
