"""Python and SQL as HTML."""

import io
import keyword
import re
import tokenize
from html import unescape
from pathlib import Path

import pytest

from tracer.markup import attribute, code, statement

SNIPPETS = sorted((Path(__file__).parents[2] / "snippets").rglob("*.py"))


@pytest.mark.parametrize(
    "event, expected",
    [
        (
            {"sql": "INSERT INTO a (x, y) VALUES (?, ?)", "parameters": ["it's", None], "rows": 1},
            '<b>INSERT</b> INTO <b>a</b> (x, y) VALUES ("it\'s", None) 1 row · by flush()',
        ),
        (
            {
                "sql": "UPDATE a SET x=%(x)s::VARCHAR WHERE a.id = %(a_id)s::INTEGER",
                "parameters": {"x": "<", "a_id": 2},
            },
            "<b>UPDATE</b> <b>a</b> SET x='&lt;' WHERE a.id = 2 by flush()",
        ),
        (
            {"sql": "DELETE FROM a WHERE a.id = %s", "parameters": [[1], [2]], "many": True},
            "<b>DELETE</b> FROM <b>a</b> WHERE a.id = 1 (2) × 2 · by flush()",
        ),
        (
            {"sql": "SELECT a.id, a.x FROM a WHERE a.x = '?'"},
            "<b>SELECT</b> <i>a.id, a.x</i> FROM <b>a</b> WHERE a.x = '?' by flush()",
        ),
        ({"sql": "SELECT count(a.id) AS n FROM a"}, "<b>SELECT</b> count(a.id) AS n FROM <b>a</b> by flush()"),
        ({"sql": "SELECT ? FROM a", "parameters": []}, "<b>SELECT</b> ? FROM <b>a</b> by flush()"),
        (
            {"sql": "SELECT a.id FROM a WHERE a.id IN (" + ", ".join("?" * 30) + ")", "parameters": list(range(30))},
            "<b>SELECT</b> a.id FROM <b>a</b> WHERE a.id IN (0, 1, 2, … 29) by flush()",
        ),
    ],
)
def test_statements_show_their_parameters_in_place(event, expected):
    found = statement({"reason": "flush"} | event, str, "en")
    assert re.sub("</?(var|small)>", "", found) == expected


def test_python_is_colored_and_stays_text():
    assert code("if a < 1:  # <b>") == "<i class=k>if</i> a &lt; <i class=m>1</i>:  <i class=c># &lt;b&gt;</i>"
    assert (
        code("# one\nclass Two(define):") == "<i class=c># one</i>\n<i class=k>class</i> <i class=nf>Two</i>(define):"
    )


@pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_snippet_is_colored_as_the_tokenizer_reads_it(path):
    source = path.read_text("utf-8")
    colored = code(source)
    assert unescape(re.sub("</?i[^>]*>", "", colored)) == source
    found = {"c": [], "s": [], "m": [], "k": []}
    for kind, text in re.findall(r"<i class=(\w+)>(.*?)</i>", colored, re.DOTALL):
        found.get(kind, []).append(unescape(text))
    comments, keywords, numbers, inside = [], [], [], 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        name = tokenize.tok_name[token.type]  # Python 3.12 reads f-strings, too
        inside += (name == "FSTRING_START") - (name == "FSTRING_END")
        if inside:
            continue
        if token.type == tokenize.COMMENT:
            comments.append(token.string)
        elif token.type == tokenize.NUMBER:
            numbers.append(token.string)
        elif token.type == tokenize.NAME and keyword.iskeyword(token.string):
            keywords.append(token.string)
    constants = ("True", "False", "None")
    assert found["c"] == comments
    assert [word for word in found["k"] if word != "match"] == [word for word in keywords if word not in constants]
    assert found["m"] == numbers


def test_values_of_attributes_are_quoted_where_they_must_be():
    assert [attribute("oAuthor#1"), attribute('a "b"')] == ["oAuthor#1", '"a &quot;b&quot;"']
