"""A story that does otherwise on another database or version has a tab for each place, with its reason."""

import re

import pytest

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import SUFFIX, Repository
from tools.run import compare, variants
from tools.tables import stepper
from tracer.recording import Recording, Step

STORIES = Repository().stories
DIFFERING = [story for story in STORIES if variants.declared(story)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", DIFFERING, ids=lambda path: path.stem)
def test_a_story_that_differs_has_a_tab_for_each_place(story, language):
    html = stepper.draw("/".join(story.parts[-2:]), language)
    places = 1 + len(compare.alike(story))
    assert html.count('<section class="stepper') == html.count("<label for=") == html.count("<input ") == places
    assert html.count(" checked>") == 1
    ids = re.findall(r' id="?([^ ">]+)', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label for="([^"]+)"', html)) <= set(ids)
    assert " style=" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_said_in_every_language_and_no_other(language):
    reasons = {reason for story in STORIES for reason in variants.declared(story).values()}
    assert locale.words(language, "differs").keys() == reasons, f"locale/{language}.toml: mend [differs]"


def test_other_stories_have_no_tabs():
    assert "tabbed" not in stepper.draw("start/three_calls.py")


@pytest.mark.parametrize(
    ("declaration", "recorded", "said"),
    [
        (
            "# differs on oracle: it may\n",
            False,
            "story.py: 'oracle' is none of postgresql, mariadb, sqlalchemy-2.0: mend 'differs on'",
        ),
        (
            "# differs on mariadb: noload() gives no warning\n",
            False,
            "has no recording story.mariadb.trace.jsonl; run make record STORY=",
        ),
        (
            "# differs on mariadb: it does\n",
            True,
            "locale/en.toml: has no line for 'it does': add it below [differs]",
        ),
    ],
)
def test_a_declaration_that_cannot_be_shown_is_one_line(tmp_path, monkeypatch, declaration, recorded, said):
    path = tmp_path / "chapter" / "story.py"
    path.parent.mkdir()
    path.write_text(f"{declaration}# --- story\nx = 1\n")
    recording = Recording("a.py", "2.1", "3.13", steps=[Step((3, 3), "statement")]).dumps()
    path.with_suffix(SUFFIX).write_text(recording)
    if recorded:
        path.with_suffix(f".mariadb{SUFFIX}").write_text(recording)
    monkeypatch.setattr(stepper, "SNIPPETS", tmp_path)
    with pytest.raises(stepper.NoSteps) as failure:
        stepper.draw("chapter/story.py")
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)
