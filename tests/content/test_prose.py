"""A section's words are taken apart: paragraphs, items, cells and titles, without blocks of code."""

from tools.content.prose import Piece, pieces

TEXT = """# One [thing](x.md) {#one}

A paragraph that goes on
in a second line with `code here`.
{.lead}

- an item
  that goes on
- another
1. a third

/// note | A title
Inside.
///

| a | b \\| c |
| --- | --- |
| 1 | `2` |

````text
```python
no words
```
````

[far]: other.md
"""


def test_pieces():
    assert [(piece.kind, piece.line, piece.text) for piece in pieces(TEXT, 10)] == [
        ("heading", 10, "One [thing](x.md)"),
        ("paragraph", 12, "A paragraph that goes on\nin a second line with `code here`."),
        ("item", 16, "an item\nthat goes on"),
        ("item", 18, "another"),
        ("item", 19, "a third"),
        ("title", 21, "A title"),
        ("paragraph", 22, "Inside."),
        ("cell", 25, "a"),
        ("cell", 25, "b \\| c"),
        ("cell", 27, "1"),
        ("cell", 27, "`2`"),
    ]


def test_code_and_words():
    piece = Piece(
        "paragraph", 1, "See [the list](a.md), ``a `b` c`` and `one\n  two`; [Their words](https://example.org)."
    )
    assert piece.code == {"a `b` c", "one two"}
    assert piece.words.split() == ["See", "the", "list,", "and", ";", "."]
