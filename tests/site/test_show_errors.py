"""While pages are served, what is broken says so on its page, and the build goes on."""

import pytest
from mkdocs.exceptions import BuildError

from tools.content.snippets import SnippetError, parse_include
from tools.site import show_errors
from tools.tables import registry, stepper

FENCES = {fence["name"]: fence for fence in [stepper.fence("en"), *registry.fences("en")]}


@pytest.mark.parametrize(
    ("name", "inputs", "said"),
    [
        ("steps", {"story": "start/nothing.py"}, "steps: there is no story snippets/start/nothing.py"),
        ("steps", {}, "steps: takes a story and nothing else"),
        ("table", {"name": "nothing"}, "there is no table &#x27;nothing&#x27;"),
        ("table", {"name": "transitions", "sort": "up"}, "table: takes a name and nothing else"),
    ],
)
def test_a_fence_that_cannot_be_drawn(name, inputs, said, caplog):
    options: dict[str, str] = {}
    fence = show_errors.patient(FENCES[name])
    assert fence["validator"](name, inputs, options, {}, None)
    assert fence["format"]("", name, "", options, None).startswith(f"<p><strong>{said}")
    (record,) = caplog.records
    assert record.levelname == "WARNING" and "\n" not in record.getMessage()
    with pytest.raises(BuildError):  # as a build does
        options = {}
        FENCES[name]["validator"](name, inputs, options, {}, None)
        FENCES[name]["format"]("", name, "", options, None)


def test_a_fence_that_can_be_drawn_is_the_same():
    options: dict[str, str] = {}
    fence = show_errors.patient(FENCES["table"])
    fence["validator"]("table", {"name": "transitions"}, options, {}, None)
    assert fence["format"]("", "table", "", options, None) == registry.draw("table", "transitions", "", "en")


def test_a_broken_include():
    line = '--8<-- "start/nothing.py:setup"'
    page = f"```python\n{line}\n```\n"
    assert show_errors.with_faults(page, {}) == page
    faults = {parse_include(line): SnippetError("no such snippet")}
    assert show_errors.with_faults(page, faults) == "```python\n# no such snippet\n```"
