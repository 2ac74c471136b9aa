"""The playground's files: what is in the packs, what the frame may do, and where stories lead to it."""

import re

import pytest

from tools.content import locale
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site import finish, playground, playground_links, playground_widget


@pytest.fixture
def packs(monkeypatch):
    """As if there were packs."""
    monkeypatch.setattr(playground, "manifest", lambda: {"runtime": {"file": "runtime-0.pack", "size": 1_500_000}})
    monkeypatch.setattr(playground, "python", lambda: "3.14.2")


@pytest.fixture
def no_packs(monkeypatch):
    monkeypatch.setattr(playground, "manifest", dict)


def test_packs_hold_what_programs_import_and_the_licences():
    packs = playground.sources()
    assert {"sqlalchemy/__init__.py", "typing_extensions.py"} <= set(packs["sqlalchemy"])
    assert {"runner.py", "tracer/__init__.py", "tracer/locale/zh.toml", "snippets/library.py"} <= set(packs["program"])
    assert "flask/__init__.py" in packs["flask"]
    for pack in ("sqlalchemy", "flask"):
        names = {name.partition("/")[0] for name in packs[pack] if ".dist-info/" in name}
        licensed = {name.partition("/")[0] for name in packs[pack] if "licen" in name.lower()}
        assert licensed == names, f"{names - licensed} come without a licence"
    assert not [name for files in packs.values() for name in files if name.startswith(playground.EXCLUDED)]


def test_packs_are_those_of_today_or_none(tmp_path, monkeypatch):
    monkeypatch.setattr(playground, "PACKS", tmp_path)
    for fingerprint, found in (("", {}), (playground.fingerprint(playground.sources()), {"runtime": {}})):
        (tmp_path / "fingerprint").write_text(fingerprint, "utf-8")
        (tmp_path / "manifest.json").write_text('{"packs": {"runtime": {}}}', "utf-8")
        playground.manifest.cache_clear()
        assert playground.manifest() == found
    playground.manifest.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_it_runs_and_how_much_it_downloads(packs, language):
    html = playground_widget.draw("start/three_calls Save a row", language)
    assert re.search(r"<p>[^<]*Python 3\.14\.2 [^<]*SQLAlchemy \d[^<]* 1\.5 MB", html)


def test_the_frame_may_run_its_script_and_reach_nothing():
    policy = re.search(r'content="([^"]+)"', playground.frame())[1]
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-[\w+/=]+' 'wasm-unsafe-eval' blob:; worker-src blob:; "
        r"base-uri 'none'; form-action 'none'",
        policy,
    )
    assert "<script>" not in (playground.FOLDER / "frame.js").read_text("utf-8")


def test_only_the_page_of_the_playground_may_do_what_the_frame_in_it_may():
    page = f'<!doctype html><html>{finish.CHARSET}<div class="{{}}"></div></html>'
    allowed = finish.add_csp(page.format("playground"))
    for name, sources in playground.frame_sources().items():
        assert re.search(rf"{name} 'self'[^;]* {re.escape(' '.join(sources))};", allowed), name
    assert not re.search("blob:|wasm", finish.add_csp(page.format("note")))


def test_stories_are_shown_without_the_marks_of_sections():
    stories = playground.stories()
    assert "start/three_calls" in stories and "#>" in stories["start/three_calls"]
    assert not [story for story, text in stories.items() if "--8<--" in text]
    assert "errors/lost_connection" not in stories, "it needs a server"
    assert set(playground_widget.left_out()) <= set(stories)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_why_a_story_does_not_run_there_is_said(language):
    said = {
        key.removeprefix("left out ") for key in locale.words(language, "playground") if key.startswith("left out ")
    }
    assert said == set(playground_widget.left_out().values())


def test_without_packs_the_page_says_so_and_stories_lead_nowhere(no_packs):
    assert "built without the playground" in playground_widget.draw("start/three_calls Save a row", "en")
    assert list(playground.files()) == []
    assert "open-playground" not in drawn("start/three_calls.py")


def drawn(story: str, page: str = "states/five-states.md") -> str:
    fence = playground_links.linked({"format": lambda *arguments, **more: "<section></section>"}, "en", page)
    return fence["format"]("", "steps", "", {"story": story}, None)


def test_stories_lead_to_the_playground_of_their_language(packs):
    assert drawn("start/three_calls.py").endswith(
        '<p class="open-playground"><a href="../../play/#story=start/three_calls">Open in the playground</a></p>'
    )
    assert 'href="play/#story=' in drawn("start/three_calls.py", "index.md")
    assert 'href="../play/#story=' in drawn("start/three_calls.py", "errors/index.md")


@pytest.mark.parametrize("story", ["errors/lost_connection.py", "errors/missing_greenlet.py"])
def test_what_does_not_run_there_leads_nowhere(packs, story):
    assert (ROOT / "snippets" / story).is_file()
    assert "open-playground" not in drawn(story)


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ("start/no_such One", "playground: there is no story start/no_such that runs there; write a line for each:"),
        ("errors/lost_connection One", "playground: there is no story errors/lost_connection that runs there"),
        ("start/three_calls", "playground: start/three_calls has no title; write a line for each:"),
        ("", "playground: name an example; write a line for each:"),
    ],
)
def test_examples_that_cannot_be_shown_are_refused(packs, examples, message):
    with pytest.raises(playground_widget.PlaygroundError, match=re.escape(message)):
        playground_widget.draw(examples, "en")


def test_examples_are_links_by_their_titles(packs):
    drawn = playground_widget.draw("start/three_calls Save a row\nerrors/pending_rollback Roll back & go on\n", "en")
    assert '<li><a href="#story=errors/pending_rollback">Roll back &amp; go on</a></li>' in drawn
    assert "commit() makes it permanent" in drawn, "the first one is in the editor"
