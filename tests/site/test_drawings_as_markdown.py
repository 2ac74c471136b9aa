"""Drawings as Markdown and as data: tables, questions, steps."""

from tools.site import drawing_markdown, steps_markdown

LINK = "https://x.example/".__add__


def read(html: str):
    return drawing_markdown.read(html, LINK, "Steps of {}")


TABLE = (
    '<section><table class="matrix"><caption><code>a = 1\nb = 2</code><br/>said</caption>'
    '<thead><tr><th scope="col">call</th><th scope="col">then</th></tr></thead>'
    '<tbody><tr><th scope="rowgroup" colspan="2">Group <a href="#g">g</a></th></tr>'
    '<tr><th scope="row"><code>x.<wbr>y</code></th>'
    '<td><b class="state-new">new</b><br/><code>BEGIN\nINSERT</code></td></tr>'
    '<tr><td colspan="2">a|b &lt;c&gt; *d*'
    "<details><summary>Some<wbr/>Error</summary>why</details></td></tr></tbody></table></section>"
)


def test_a_table():
    assert read(TABLE).markdown == (
        "```python\na = 1\nb = 2\n```\n\nsaid\n\n**Group [g](https://x.example/#g)**\n\n"
        "| call | then |\n| --- | --- |\n| `x.y` | new<br>`BEGIN`<br>`INSERT` |\n"
        "| a\\|b \\<c> \\*d\\*<br>SomeError: why | a\\|b \\<c> \\*d\\*<br>SomeError: why |"
    )


def test_its_data():
    (table,) = read(TABLE).tables
    assert table["columns"] == ["call", "then"]
    assert table["groups"][0]["title"] == "Group [g](https://x.example/#g)"
    assert table["groups"][0]["rows"][0] == ["`x.y`", "new\n`BEGIN`\n`INSERT`"]


def test_a_figure_is_its_words_and_controls_are_nothing():
    html = '<figure><svg viewBox="0" aria-label="A drawing"><text>t</text></svg><figcaption>below</figcaption></figure>'
    assert read(html).markdown == "A drawing\n\nbelow"
    assert (
        read('<form class="f" hidden><select><option>a</option></select></form><script src="s"></script>').markdown
        == ""
    )
    assert read('<p class="quiz-bar" hidden=""><button>b</button></p>').markdown == ""


def test_a_question():
    html = (
        '<section class="predict" id="q"><p><code>a\nb</code></p><ol type="A"><li>one</li><li>two</li></ol>'
        "<details><summary>What happens</summary><div><b>A</b> one</div></details></section>"
    )
    assert read(html).markdown == "```python\na\nb\n```\n\n- **A** one\n- **B** two\n\n**What happens**\n\nA one"


LISTING = (
    '<section class="stepper" id="steps-a"><p><b>Step</b> <small>2 steps</small> <code>a.py</code></p><ol>'
    "<li class=w><p>At the start</p><ul><li data-k=tx><i>others see</i> <b>x</b> no rows</li></ul></li>"
    "<li data-l=1><code><i class=k>try</i>:</code></li>"
    "<li id=steps-a-1 data-l=2><code>    s.add(<i class=k>a</i>)</code>"
    "<p><strong><code>a</code> is new.</strong> Then.</p><ul><li data-c=c1><b>INSERT</b> INTO <b>x</b></li>"
    "<li data-k=oA#1><b>a</b> <del>old</del> <b class=new>new</b></li></ul></li>"
    "<li id=steps-a-2 data-l=3><code>f(\n  1,\n)</code><p><strong>Many.</strong></p></li></ol>"
    '<script type="application/json">{}</script></section>'
)


def test_steps():
    assert read(LISTING).markdown == (
        "**Steps of `a.py`**\n\n- At the start\n  - *others see* **x** no rows\n- `try:`\n- **1.** `    s.add(a)`  \n"
        "  **`a` is new.** Then.\n  - INSERT INTO x\n  - **a** ~~old~~ new\n"
        "- **2.**\n  ```python\n  f(\n    1,\n  )\n  ```\n\n  **Many.**"
    )


def test_a_message_of_several_lines_stays_in_its_item():
    message = "<ul><li data-c=out><i>prints</i> timeout\nCONTEXT:  while inserting</li></ul>"
    listing = LISTING.replace("<ul><li data-c=c1>", f"{message}<ul><li data-c=c1>")
    markdown = read(listing).markdown
    assert "\n  - prints timeout CONTEXT:  while inserting\n" in markdown


def test_steps_of_several_places_stand_below_their_names():
    tab = '<div class="tabbed-block">{}</div>'
    html = (
        '<div class="tabbed-set" data-tabs="1:2">'
        '<input type="radio" id="p-0" name="p" checked><input type="radio" id="p-1">'
        '<div class="tabbed-labels"><label for="p-0">SQLite</label><label for="p-1">MariaDB</label></div>'
        f'<div class="tabbed-content">{tab.format(LISTING)}{tab.format("<p>Why.</p>" + LISTING)}</div></div>'
    )
    first, second = read(html).markdown.split("**MariaDB**")
    assert first.startswith("**SQLite**\n\n**Steps of `a.py`**") and second.startswith("\n\nWhy.\n\n**Steps of")


def test_a_section_is_found_alone():
    assert len(steps_markdown.SECTION.findall(LISTING + LISTING)) == 2
