"""Every story does in the playground what its recording says; those that cannot are listed with the reason."""

import json
import re

import pytest

from tests.browser.conftest import listen
from tests.browser.playground_pages import Playground, needed
from tools.content.repository import ROOT
from tools.run import markers, variants
from tools.site import playground, playground_widget
from tracer import load, render_text

pytestmark = pytest.mark.skipif(bool(needed()), reason=needed())

STORIES = playground.stories()
CHAPTERS = sorted({story.partition("/")[0] for story in STORIES})
KEEP = """addEventListener("message", ({ data }) => {
  if (["result", "limit", "died"].includes(data?.kind)) globalThis.ended = data;
})"""
LINE = re.compile(r"^ *(?:\d+ +)?L[\d-]+ +", re.MULTILINE)


@pytest.fixture(scope="module")
def opened(chromium, address):
    context = chromium.new_context()
    page = listen(context.new_page())
    page.goto(f"{address}/play/")
    page.wait_for_selector(".playground .run:enabled")
    page.evaluate(KEEP)
    yield Playground(page)
    context.close()


def expected(story: str) -> str:
    """What the recording says, as text; empty for a story that has none."""
    path = ROOT / "snippets" / f"{story}.py"
    if markers.read(path).not_recorded:
        return ""
    recording = load(variants.main_recording(path))
    return without_lines(render_text(recording, path.read_text("utf-8")))


def without_lines(text: str) -> str:
    """Steps without the numbers of their lines, which the marks of sections have moved."""
    return LINE.sub("", text)


def run(opened: Playground, story: str) -> str:
    """What is different in the playground, or has failed there; empty if nothing is."""
    said = opened.run(STORIES[story])
    ended = opened.page.evaluate("globalThis.ended")
    if ended["kind"] != "result":
        return f"{story}: {said}"
    found = json.loads(ended["result"])
    if found["error"] or found["tracer"] or found["problems"]:
        return f"{story}: {said} {found['problems']} {found['tracer']}"
    if not found["session"]:
        return ""  # a program about mappings shows no steps
    wanted = expected(story)
    return "" if not wanted or without_lines(found["text"]) == wanted else f"{story}: other steps than recorded"


@pytest.mark.time_limit(400)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_stories_run_as_recorded(opened, chapter):
    left_out = playground_widget.left_out()
    failed = [
        fault
        for story in STORIES
        if story.startswith(f"{chapter}/") and story not in left_out and (fault := run(opened, story))
    ]
    assert not failed, "mend it, or add it to playground/left_out.toml with the reason:\n" + "\n".join(failed)


@pytest.mark.time_limit(400)
def test_what_is_left_out_does_not_run(opened):
    left_out = playground_widget.left_out()
    assert set(left_out) <= set(STORIES), "playground/left_out.toml names stories that there are not: remove them"
    works = [story for story in left_out if not run(opened, story)]
    assert not works, f"{', '.join(works)}: works now; remove it from playground/left_out.toml"
