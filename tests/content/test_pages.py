"""Pages are read: their front matter, their sections, and what stands in them."""

import pytest

from tools.content.pages import Fence, Page

TEXT = """---
description: x
---

# One {#one}

```steps story="a/b.py" open="session.flush()" nth="2"
```

## Two { #two }

```text
# no heading {#three}
```
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "one.md"
    path.write_text(TEXT, "utf-8")
    return Page(path, "en", "one.md")


def test_sections_have_ids_lines_and_fences(page):
    assert [(section.id, section.level, section.line) for section in page.sections] == [("one", 1, 5), ("two", 2, 10)]
    assert page.ids == {"one", "two"}
    (steps,) = page.steppers
    assert steps.options == {"story": "a/b.py", "open": "session.flush()", "nth": "2"}
    assert (steps.story, steps.name) == ("a/b.py", None)
    assert page.sections[1].fences == [Fence(12, "text", "# no heading {#three}\n", "text")]


def test_front_matter(page):
    assert page.front == "description: x\n"
    assert page.meta == {"description": "x"}


@pytest.mark.parametrize(
    ("front", "meta"), [("", {}), ("---\na: b: c\n---\n", "a: b: c\n"), ("---\n- x\n---\n", "- x\n")]
)
def test_front_matter_that_is_none(page, front, meta):
    page.path.write_text(f"{front}# One {{#one}}\n", "utf-8")
    assert page.meta == meta
