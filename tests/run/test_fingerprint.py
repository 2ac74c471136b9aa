"""The hash of a story's text: the same for what changes nothing that a recording says, another for all else."""

import pytest

from tests.conftest import replace
from tools.run import fingerprint

STORY = '''"""A story."""

from snippets.shelf import Author, many
import snippets.desk

# --- story
text = """
# no comment
"""
print(text, f"{{}}# {text}")  # which is printed
#> prints something
'''
SHELF = '''"""A shelf."""

from snippets.desk import one


def many():
    """Many."""
    return one + 1


class Author:
    pass
'''


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "snippets" / "chapter" / "story.py"
    path.parent.mkdir(parents=True)
    path.write_text(STORY, "utf-8")
    (tmp_path / "snippets" / "shelf.py").write_text(SHELF, "utf-8")
    (tmp_path / "snippets" / "desk.py").write_text("one = 1\n", "utf-8")
    return path


def changed(story, path, old, new):
    before = fingerprint.of(story)
    assert len(before) == 12
    replace(story.parents[1] / path, old, new)
    return fingerprint.of(story) != before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("chapter/story.py", "A story.", "Another story."),
        ("chapter/story.py", "  # which is printed", ""),
        ("chapter/story.py", "#> prints something", "#> prints nothing  "),
        ("shelf.py", '"""A shelf."""\n', '"""A shelf.\n\nOf wood.\n"""\n'),
        ("shelf.py", "Many.", "Many of them."),
        ("shelf.py", "\n\n\nclass", "\n\n# An author.\nclass"),
    ],
)
def test_what_changes_nothing(story, path, old, new):
    assert not changed(story, path, old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("chapter/story.py", "# no comment", "# no comment at all"),  # in a string
        ("chapter/story.py", "}}# {", "}}## {"),
        (
            "chapter/story.py",
            "import snippets.desk\n",
            "import snippets.desk\n\n",
        ),  # lines move
        ("chapter/story.py", "print(text", "print(len(text)"),
        ("shelf.py", "one + 1", "one + 2"),
        ("desk.py", "1", "2"),  # which the other module imports
        ("shelf.py", "    pass", "\tpass"),
    ],
)
def test_what_may_change_a_recording(story, path, old, new):
    assert changed(story, path, old, new)


def test_what_does_not_parse_has_no_hash(story):
    replace(story, "print(", "print")
    assert fingerprint.of(story) == ""


def test_the_hash_is_the_same_on_every_version_of_python(story):
    assert fingerprint.of(story) == "9f0ab7b2f7a8"
