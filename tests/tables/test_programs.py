"""The program that a stepper offers, and the library that it builds on."""

import ast

import pytest

from tools.tables import programs

BODY = "author = Author()\n"


@pytest.mark.parametrize(
    ("source", "text", "library"),
    [
        (BODY, BODY, ""),
        (f"from snippets.library import Author\n\n{BODY}", BODY, "library.py"),
        (f"from snippets.async_library import new_session\n{BODY}", BODY, "async_library.py"),
        (
            f"from snippets.library import Author\nfrom snippets.async_library import (\n    new_session,\n)\n{BODY}",
            BODY,
            "async_library.py",
        ),
        (f"import asyncio\n\nfrom snippets.library import Author\n\n{BODY}", f"import asyncio\n\n{BODY}", "library.py"),
        (f"{BODY}#> no SQL\n# --- story\n# --8<-- [start:one]\nx = 1\n", f"{BODY}x = 1\n", ""),
    ],
)
def test_a_program_has_neither_imports_from_the_library_nor_what_is_for_tests(source, text, library):
    assert programs.program(source) == (text, library)


@pytest.mark.parametrize("name", programs.LIBRARIES)
def test_a_library_stands_alone(name):
    text = programs.library(name)
    ast.parse(text)
    assert "from snippets." not in text, f"{name} imports what it holds: see _without_imports()"
    assert "class Author(Base)" in text and text.endswith("\n\n")


def test_the_library_from_asyncio_comes_after_the_one_that_it_imports():
    text = programs.library("async_library.py")
    assert text.startswith(programs.library("library.py").rstrip())
    assert text.index("\nengine = ") < text.index("\nasync_engine = ")
