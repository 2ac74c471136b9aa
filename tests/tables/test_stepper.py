"""The fence that steps through a story: its errors, and what it costs a page."""

import ast
import gzip
import re

import pytest
from markdown import Markdown

from tools.content.repository import Repository
from tools.run import markers, variants
from tools.site import assets
from tools.tables import programs, stepper
from tracer import html, markup, recording

STORIES = [story for story in Repository().stories if not markers.read(story).not_recorded]


def convert(text: str) -> str:
    options = {"pymdownx.superfences": {"custom_fences": [stepper.fence("en")]}}
    return Markdown(extensions=["pymdownx.superfences"], extension_configs=options).convert(text)


@pytest.fixture
def snippets(tmp_path, monkeypatch):
    monkeypatch.setattr(stepper, "SNIPPETS", tmp_path)
    (tmp_path / "chapter").mkdir()
    return tmp_path


NAMES = {"new": "", "broken": "", "one": "", "quiet": "\n# not recorded: it races", "odd": "\n# needs oracle"}


def recorded(name: str, database: str) -> recording.Recording:
    """A recording of a story of two lines, the third and the fourth."""
    steps = [recording.Step((line, line), "statement") for line in (3, 4)]
    return recording.Recording(f"chapter/{name}.py", "2.1", "3.13", database=database, steps=steps)


@pytest.mark.parametrize(
    "fence, error",
    [
        ('steps story="chapter/none.py"', "no story snippets/chapter/none.py"),
        (
            'steps story="chapter/new.py"',
            "new.py has no recording new.trace.jsonl; run make record STORY=chapter/new.py",
        ),
        ('steps story="chapter/broken.py"', "not a recording .*; run make record STORY=chapter/broken.py"),
        ("steps", "takes a story, and where it opens"),
        ('steps story="chapter/new.py" title="x"', "takes a story, and where it opens"),
        ('steps story="chapter/new.py" nth="2"', "nth is a number from 1, beside open"),
        ('steps story="chapter/new.py" open="x = 1" nth="one"', "nth is a number from 1, beside open"),
        ('steps story="chapter/one.py" open="y = 1"', 'open="y = 1" is no line of snippets/chapter/one.py that ran'),
        ('steps story="chapter/one.py" open="x = 1" nth="3"', "it has 2 such stops in snippets/chapter/one.py"),
        ('steps story="chapter/quiet.py"', "chapter/quiet.py is not recorded: show it as a block"),
        ('steps story="chapter/odd.py"', "needs 'oracle', which is none of postgresql, mariadb"),
    ],
)
def test_errors_name_the_remedy_in_one_line(snippets, fence, error):
    for name, top in NAMES.items():
        (snippets / "chapter" / f"{name}.py").write_text(f"{top}\n# --- story\nx = 1\nx = 1\n")
    (snippets / "chapter" / "one.trace.jsonl").write_text(recorded("one", "sqlite").dumps())
    (snippets / "chapter" / "broken.trace.jsonl").write_text("{}\n")
    with pytest.raises(stepper.NoSteps, match=error) as caught:
        convert(f"Text.\n\n```{fence}\n```\n")
    assert "\n" not in str(caught.value)


def test_the_fence_draws_the_story(snippets):
    (snippets / "chapter" / "one.py").write_text("# --- story\nx = 1\n")
    recorded = recording.Recording("chapter/one.py", "2.1", "3.13", steps=[recording.Step((2, 2), "statement")])
    (snippets / "chapter" / "one.trace.jsonl").write_text(recorded.dumps())
    page = convert('Text.\n\n```steps story="chapter/one.py"\n```\n')
    assert '<section class="stepper short" id="steps-one"' in page and "<code>x = <i class=m>1</i></code>" in page


@pytest.mark.parametrize(
    ("where", "opens"),
    [
        ("", ""),
        (' open="x = 1"', " data-open=1"),
        (' open="x = 1" nth="2"', " data-open=2"),
        (' open="y = 2"', " data-open=2"),
    ],
)
def test_the_stepper_opens_where_the_fence_says(snippets, where, opens):
    second = "y = 2" if "y" in where else "x = 1"
    (snippets / "chapter" / "one.py").write_text(f"\n# --- story\nx = 1\n{second}\n")
    (snippets / "chapter" / "one.trace.jsonl").write_text(recorded("one", "sqlite").dumps())
    page = convert(f'Text.\n\n```steps story="chapter/one.py"{where}\n```\n')
    assert f'aria-label="Step through it: one"{opens}>' in page


@pytest.mark.parametrize("needs", [["postgresql"], ["postgresql", "mariadb"]])
def test_a_story_that_needs_a_server_says_so(snippets, needs):
    (snippets / "chapter" / "one.py").write_text(f"# needs {', '.join(needs)}\n# --- story\nx = 1\nx = 1\n")
    for place in needs:
        (snippets / "chapter" / f"one.{place}.trace.jsonl").write_text(recorded("one", place).dumps())
    page = convert('Text.\n\n```steps story="chapter/one.py"\n```\n')
    for place in needs:
        assert f"These steps were recorded on {stepper.PLACES[place]}." in page
    assert page.count("<section") == len(needs) == len(set(re.findall('id="steps-[a-z-]+"', page)))
    assert ("tabbed-set" in page) == (len(needs) > 1)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}/{story.stem}")
def test_a_story_costs_its_page_little(story):
    source, recorded = story.read_text("utf-8"), recording.load(variants.main_recording(story))
    english, chinese = (html.render(recorded, source, language, story.stem) for language in ("en", "zh"))
    assert english.count("<li id=") == chinese.count("<li id=") >= 1
    assert len(re.findall(r" id=", english)) == len(set(re.findall(r' id="?([^ ">]+)', english)))
    page = markup.code(source)
    for text in (english, chinese):
        text = text.partition("<script")[0]  # tests/tables/test_stepper_data.py weighs the data
        said = len(re.sub("</?li>|</?strong>", "", text).encode())  # these tags weigh nothing packed
        # 10 KiB was the bound of listings whose sentences had no headlines, 11 before these told what a line prints,
        # 11.25 before they told what the driver does not send, 11.5 (and 2 KiB packed) before they told which
        # connection sent what, and that no row changed. What readers wait for is bounded below.
        assert said <= 13_312, f"{said} bytes: shorten the story"
        added = len(gzip.compress((page + text).encode(), 9)) - len(gzip.compress(page.encode(), 9))
        assert added <= 2_176, f"{added} bytes gzip: shorten the story"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_script_and_style_are_light(language):
    parts = [assets.published(name, stepper.asset(name).encode()) for name in ("stepper.css", f"stepper.{language}.js")]
    packed = sum(len(gzip.compress(part, 9)) for part in parts)
    assert packed <= 24 * 1024, f"script and style of the stepper weigh {packed} bytes gzip, at most {24 * 1024}"


def test_programs_run_with_their_library():
    """What a reader downloads is whole: the library's file, then the story's own text."""
    for story in STORIES:
        text, library = programs.program(story.read_text("utf-8"))
        whole = (stepper.asset(library) if library else "") + text
        compile(whole, story.name, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        lines = [line.strip() for line in whole.splitlines()]
        left = [line for line in lines if line.startswith(("#>", "# --8<--", "from snippets.", "# --- story"))]
        assert not left, f"{story.name}: a reader would copy {left}"
