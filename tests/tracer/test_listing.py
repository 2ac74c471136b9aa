"""Which steps are stops, and what their items say of the step."""

from tracer.listing import Listing
from tracer.recording import Recording, Step

SOURCE = "x = 1\n# --- story\ny = 2\nassert y\nfor n in range(9):\n    z = n\n"


def listing(*steps, source=SOURCE, language="en", **more):
    return Listing(Recording("program.py", "2.1", "3.11", steps=list(steps), **more), source, language, "")


def test_an_assertion_that_does_nothing_is_no_stop():
    stops = listing(Step((3, 3), "statement"), Step((4, 4), "assert")).stops
    assert [step.lines for step, *_ in stops] == [(3, 3)]


def test_what_a_function_of_the_setup_does_is_its_callers():
    sql = {"event": "sql", "connection": "c1", "sql": "SELECT 1"}
    found = listing(
        Step((3, 3), "statement"), Step((1, 1), "statement", 1, events=[sql]), Step((3, 3), "exit", events=[{**sql}])
    ).stops
    assert [(step.lines, len(events)) for step, events, *_ in found] == [((3, 3), 2)]


def test_a_function_of_another_file_is_no_setup():
    text = listing(Step((3, 3), "statement"), Step((1, 1), "statement", 1, "f", file="other.py")).section()
    assert "<small>other.py</small>" in text
    assert "# other.py" in text


def test_a_step_that_stands_for_many_says_so_in_each_language():
    steps = Step((5, 5), "for"), Step((6, 6), "statement", 1, times=1234)
    assert "… 1,233 more like this" in listing(*steps).section()
    assert "…… 另有 1,233 轮与此相同" in listing(*steps, language="zh").section()


def test_lines_that_did_not_run_are_there_and_are_no_stops():
    text = listing(Step((3, 3), "statement")).section()
    assert "<li data-l=6><code>    z = n" in text.replace("<i class=nf>", "")
    assert text.count("<li id=") == 1


def test_checked_comments_are_left_out_of_the_code():
    step = Step((3, 5), "statement")
    assert listing(step, source="# --- story\n\nf(\n    #> no SQL\n)\n").code(step) == "f(\n)"


def test_the_name_of_the_file_makes_the_id():
    assert '<section class="stepper short" id="steps-program"' in listing(Step((3, 3), "statement")).section()
