"""The fence that steps through a story: its errors, and what it costs a page."""

import gzip
import re

import pytest
from markdown import Markdown

from tools.content.repository import SUFFIX, Repository
from tools.tables import stepper
from tracer import html, markup, recording

STORIES = Repository().stories


def convert(text: str) -> str:
    options = {"pymdownx.superfences": {"custom_fences": [stepper.fence("en")]}}
    return Markdown(extensions=["pymdownx.superfences"], extension_configs=options).convert(text)


@pytest.fixture
def snippets(tmp_path, monkeypatch):
    monkeypatch.setattr(stepper, "SNIPPETS", tmp_path)
    (tmp_path / "chapter").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "fence, error",
    [
        ('steps story="chapter/none.py"', "no story snippets/chapter/none.py"),
        ('steps story="chapter/new.py"', "new.py has no recording; run make record STORY=chapter/new.py"),
        ('steps story="chapter/broken.py"', "not a recording .*; run make record STORY=chapter/broken.py"),
        ("steps", "takes a story and nothing else"),
        ('steps story="chapter/new.py" title="x"', "takes a story and nothing else"),
    ],
)
def test_errors_name_the_remedy_in_one_line(snippets, fence, error):
    for name in ("new", "broken"):
        (snippets / "chapter" / f"{name}.py").write_text("# --- story\nx = 1\n")
    (snippets / "chapter" / "broken.trace.jsonl").write_text("{}\n")
    with pytest.raises(stepper.NoSteps, match=error) as caught:
        convert(f"Text.\n\n```{fence}\n```\n")
    assert "\n" not in str(caught.value)


def test_the_fence_draws_the_story(snippets):
    (snippets / "chapter" / "one.py").write_text("# --- story\nx = 1\n")
    recorded = recording.Recording("chapter/one.py", "2.1", "3.13", steps=[recording.Step((2, 2), "statement")])
    (snippets / "chapter" / "one.trace.jsonl").write_text(recorded.dumps())
    page = convert('Text.\n\n```steps story="chapter/one.py"\n```\n')
    assert '<section class="stepper" id="steps-one"' in page and "<code>x = <i class=m>1</i></code>" in page


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}/{story.stem}")
def test_a_story_costs_its_page_little(story):
    source, recorded = story.read_text("utf-8"), recording.load(story.with_suffix(SUFFIX))
    english, chinese = (html.render(recorded, source, language, story.stem) for language in ("en", "zh"))
    assert english.count("<li id=") == chinese.count("<li id=") >= 1
    assert len(re.findall(r" id=", english)) == len(set(re.findall(r' id="?([^ ">]+)', english)))
    page = markup.code(source)
    for text in (english, chinese):
        said = len(text.replace("</li>", "").encode())  # end tags are there for parsers, and weigh nothing packed
        assert said <= 10_240, f"{said} bytes: shorten the story"
        added = len(gzip.compress((page + text).encode(), 9)) - len(gzip.compress(page.encode(), 9))
        assert added <= 2_048, f"{added} bytes gzip: shorten the story"


def test_script_and_styles_are_small():
    packed = sum(len(gzip.compress((stepper.STATIC / name).read_bytes(), 9)) for name in stepper.ASSETS)
    assert packed <= 12_000
