"""A recording as HTML: what the listing says, and that the text of a program cannot break it."""

import re

import pytest

from tracer import html, story
from tracer.recording import Recording, Step

SOURCE = """setup = 1
# --- story
# --8<-- [start:a]
session = Session(engine)

# a remark
author = Author(name="a<b")
#> author is transient
assert author
for i in 1, 2:
    session.add(author)
else:
    pass
# --8<-- [end:a]
"""
IDLE = {"new": [], "dirty": [], "deleted": [], "map": [], "transaction": None}


def drawn(steps, source=SOURCE, language="en", initial=None, **more):
    recording = Recording("chapter/story.py", "2.1", "3.13", initial=initial or {}, steps=steps, **more)
    return html.render(recording, source, language)


def items(text):
    """The items of the list, each with its facts."""
    return re.findall(r"<li(?: id=(\S+?))? data-l=(\d+)[^>]*><code>(.*?)</code>", text, re.S)


def plain(text):
    return re.sub("<[^>]*>", "", text)


def thing(state="transient", session="", **values):
    return {"state": state, "values": values} | ({"session": session} if session else {})


OPENED = Step((4, 4), "statement", changes={"sessions": {"s1": IDLE}, "names": {"<module>": {"session": "→s1"}}})
MADE = Step(
    (7, 7),
    "statement",
    changes={
        "objects": {"Author#1": thing(name="a<b")},
        "names": {"<module>": {"session": "→s1", "author": "→Author#1"}},
    },
)
QUIET = Step((9, 9), "assert")
LOOP, AGAIN = Step((10, 10), "for"), Step((10, 10), "resume", changes={"names": {"<module>": {"i": "2"}}})
ADDED = Step((11, 11), "statement", depth=1, changes={"objects": {"Author#1": thing("pending", "s1", name="a<b")}})


def test_the_listing_reads_like_the_source():
    text = drawn([OPENED, MADE, QUIET, LOOP, ADDED, AGAIN])
    found = [(plain(code), name.rpartition("-")[2]) for name, _, code in items(text)]
    assert found == [
        ("session = Session(engine)", "1"),
        ("# a remark", ""),
        ('author = Author(name="a&lt;b")', "2"),
        ("assert author", ""),
        ("for i in 1, 2:", "3"),
        ("    session.add(author)", "4"),
        ("else:", ""),
        ("    pass", ""),
    ]
    assert "--8&lt;--" not in text and "--8<--" not in text and "#&gt;" not in text and "setup = 1</code>" not in text
    assert text.startswith('<section class="stepper short" id="steps-story" aria-label="Step through it: story">')
    assert "<small>4 steps</small>" in text


def test_a_line_that_runs_twice_is_two_stops_and_one_place():
    text = drawn([LOOP, ADDED, AGAIN, Step((11, 11), "statement", depth=1)])
    assert [line for name, line, _ in items(text) if name] == ["10", "11", "11"]
    assert [line for name, line, _ in items(text) if not name].count("12") == 1


def test_an_assertion_that_asks_the_database_is_a_stop():
    select = {"event": "sql", "connection": "c1", "sql": "SELECT count(*) FROM author", "reason": "query"}
    text = drawn([Step((9, 9), "assert", events=[select])])
    assert "<small>1 step</small>" in text and "<b>SELECT</b> count(*) FROM <b>author</b> <small>query</small>" in text


@pytest.mark.parametrize(("state", "unsent"), [("idle", True), ("open", False)])
def test_a_begin_that_the_driver_has_not_sent_says_so(state, unsent):
    begun = [{"event": "checkout", "connection": "c1"}, {"event": "begin", "connection": "c1", "session": "s1"}]
    text = drawn([Step((9, 9), "statement", events=begun, changes={"connections": {"c1": state}})])
    assert ("<b>BEGIN</b> <small>not sent by the driver</small>" in text) is unsent


def test_names():
    changes = {"objects": {"Author#2": thing()}, "names": {"<module>": {"session": "→s1", "author": "→Author#2"}}}
    both = drawn([OPENED, MADE, Step((11, 11), "statement", changes=changes)])
    assert "<b>author</b>" in both and "<b>Author B</b>" in both
    gone = {"objects": {"Author#1": None, **changes["objects"]}, "names": changes["names"]}
    reused = drawn([OPENED, MADE, Step((11, 11), "statement", changes=gone)])
    assert "<b>Author B</b>" not in reused
    assert (
        "<li class=gone data-k=oAuthor#1><b>the earlier author</b> <small>your code no longer refers to it</small>"
        in reused
    )


def test_a_variable_of_the_program_precedes_that_of_a_function():
    names = {"f": {"inner": "→s1"}, "<module>": {"outer": "→s1"}}
    text = drawn([Step((4, 4), "statement", changes={"sessions": {"s1": IDLE}, "names": names})])
    assert "<b>outer</b>" in text


def test_what_changed_is_marked():
    before = thing("persistent", "s1", id=1, name="a")
    after = thing("persistent", "s1", id=1, name="b")
    text = drawn(
        [Step((4, 4), "statement", changes={"objects": {"Author#1": after}})],
        initial={
            "objects": {"Author#1": before},
            "names": {"<module>": {"author": "→Author#1"}},
        },
    )
    assert "<i>id=1, name=<del>'a'</del> <mark>'b'</mark></i>" in text
    assert "<b class=persistent>persistent</b>" in text
    text = drawn([MADE, ADDED])
    assert "<del>transient</del> <b class=pending>pending</b> <i>name='a&lt;b'</i>" in text


def test_expired_attributes():
    loaded = thing("persistent", "s1", id=1, name="a")
    expired = {"state": "persistent", "session": "s1", "key": [1], "values": {}, "expired": ["id", "name", "books"]}
    text = drawn(
        [
            Step((4, 4), "statement", changes={"objects": {"Author#1": loaded}}),
            Step((7, 7), "statement", changes={"objects": {"Author#1": expired}}),
        ]
    )
    assert "<i>key 1</i> <s>id name</s> <small>expired: the next read sends a SELECT</small>" in text
    chinese = drawn(
        [
            Step((4, 4), "statement", changes={"objects": {"Author#1": loaded}}),
            Step((7, 7), "statement", changes={"objects": {"Author#1": expired | {"state": "detached"}}}),
        ],
        language="zh",
    )
    assert "<b class=detached>游离</b>" in chinese and "已过期，又不在任何 Session 里，无法重新加载" in chinese


def test_what_others_see():
    initial = {"tables": {"author": [[1, "a"]], "book": []}}
    changes = {"tables": {"author": [[1, "b"], [2, "c"]]}}
    text = drawn([Step((4, 4), "statement", changes=changes)], initial=initial)
    assert "<li data-k=tauthor><i>others see</i> <b>author</b> 1 row <code>1, 'a'</code>" in text
    assert "2 rows <code>1, <mark>'b'</mark></code> <mark><code>2, 'c'</code></mark>" in text
    assert "book" not in text, "a table that the story never touches"


def test_a_connection_that_was_closed():
    taken, closed = ({"connections": {"c1": value}} for value in ("open", None))
    text = drawn([Step((4, 4), "statement", changes=taken), Step((7, 7), "statement", changes=closed)])
    assert "<li data-k=c1><b>c1</b> " in text
    assert "<li class=gone data-k=c1><b>c1</b> closed" in text


def test_a_locked_table_and_its_release():
    locked = {"tables": {"author": [], "*": "not readable: OperationalError: database is locked"}}
    text = drawn(
        [
            Step((4, 4), "statement", changes=locked),
            Step((7, 7), "statement", changes={"tables": {"*": None}}),
        ]
    )
    assert "<li data-k=t*><mark>not readable now: locked</mark>" in text
    assert "<li class=gone data-k=t* hidden>" in text


def test_many_objects_are_counted():
    objects = {f"Author#{number}": thing("persistent", "s1", id=number) for number in range(1, 31)}
    changes = {"objects": objects, "sessions": {"s1": IDLE | {"map": list(objects)}}}
    text = drawn([Step((4, 4), "statement", changes=changes)])
    assert len(re.findall("data-k=oAuthor", text)) == story.MAX_OBJECTS
    assert "<b>20 more objects</b> <small>20 × <b class=persistent>persistent</b></small>" in text
    assert "<i>identity map</i> 30" in text


def test_threads_are_named_where_they_change():
    text = drawn(
        [
            OPENED,
            Step((10, 10), "for", task="thread1"),
            Step((11, 11), "statement", task="thread1"),
            Step((13, 13), "statement"),
        ]
    )
    assert re.findall(r"</code> <small class=t>(\w+)</small>", text) == ["thread1", "main"]


SQL = {"event": "sql", "connection": "c1", "reason": "flush"}


def test_the_text_of_a_program_is_text():
    evil = "</script><script>alert(1)</script>"
    events = [
        {"event": "output", "text": evil},
        {"event": "warning", "category": "W", "text": evil},
        {"event": "exception", "type": "E", "message": evil},
        SQL | {"sql": f"SELECT '{evil}'", "parameters": [evil]},
    ]
    changes = {"objects": {"A#1": thing(x=evil)}, "tables": {"t": [[evil]]}}
    source = f"# --- story\nx = '{evil}'  # {evil}\n"
    step = Step((2, 2), "statement", events=events, changes=changes)
    text, _, data = drawn([step], source).partition('<script type="application/json">')
    assert "<" not in data.removesuffix("</script></section>")
    assert "<script" not in text and text.count("&lt;script&gt;") >= 6
    alone = html.page(Recording(f"{evil}.py", "2.1", "3.13", steps=[step], uncaught=evil), source)
    assert alone.count("<script") == 2, "the data and the stepper's own"


def test_how_it_ended():
    text = drawn([OPENED], stopped="steps", uncaught="ValueError: <x>", no_witness="in memory")
    assert "Recording stopped here" in text and "ended with ValueError: &lt;x&gt;" in text and "in memory" in text


def test_a_page_that_stands_alone():
    text = html.page(Recording("story.py", "2.1", "3.13", steps=[OPENED]), SOURCE, "zh")
    assert '<html lang="zh-Hans">' in text and "逐步查看" in text
    policy = re.search('content="(default-src[^"]*)"', text)[1]
    assert policy.count("'sha256-") == 2 and "unsafe" not in policy
    assert not re.search(r"(src|href)=", text.split("<script")[0])
