"""Steps of several files stand in one text."""

from tracer import html
from tracer.recording import Recording, Step
from tracer.several_files import together
from tracer.text import render

SOURCE = "import other\nother.f()\n"
OTHER = {"app/other.py": "x = 1\n\ndef f():\n    y = 2\n    z = 3\n"}


def recording(*steps):
    return Recording("main.py", "2.1", "3.11", steps=[Step((2, 2), "statement"), *steps])


def test_the_lines_that_ran_stand_below_the_program():
    step = Step((5, 5), "statement", 1, "f", file="app/other.py")
    combined, text = together(recording(step), SOURCE, OTHER)
    assert text == SOURCE + "\n# app/other.py\ndef f():\n    z = 3\n"
    assert [one.lines for one in combined.steps] == [(2, 2), (6, 6)]


def test_one_file_stays_as_it_is():
    only = recording()
    assert together(only, SOURCE, {}) == (only, SOURCE)


def test_a_file_that_is_gone_leaves_its_line_numbers():
    _, text = together(recording(Step((5, 5), "statement", file="gone.py")), SOURCE, {})
    assert text.endswith("# gone.py\n# line 5\n")


def test_text_and_page_name_the_file_of_a_step():
    both = recording(Step((5, 5), "statement", 1, "f", file="app/other.py", times=9))
    assert "   2 L5      app/other.py: z = 3   (… 8 more like this)" in render(both, SOURCE, sources=OTHER)
    page = html.render(both, SOURCE, sources=OTHER)
    assert "<small>app/other.py</small>" in page
    assert "… 8 more like this" in page
