"""The social card of a page: read from the built page, drawn by node as the stepper draws it."""

import json
import shutil

import pytest

from tests.tracer.test_assets import STORY
from tools.site import cards

PAGE = """<!doctype html>
<html lang="{language}"><meta property="og:title" content="Flush &amp; commit">
<meta property="og:description" content="Who sees what."><meta property="og:image" content="https://x.example/assets/card.png">
<meta property="og:image:alt" content="The site">
<script type="application/ld+json">{{"image": "https://x.example/assets/card.png"}}</script>
<a href="." title="The site" class="md-header__button md-logo"></a>
{stepper}</html>"""
STEPPER = """<section class="stepper" id="steps-story"{open}><p><b>Story</b></p><ol>
<li id="steps-story-1" data-l="1"><code>session.flush()</code><p><strong>One row is sent.</strong> The rest.</p></li>
<li id="steps-story-2" data-l="2"><code>session.commit()</code><p><strong>Everybody sees <b>it</b>.</strong></p></li>
</ol><script type="application/json">{data}</script></section>"""


def page(language: str = "en", opening: str = "", story=STORY) -> str:
    data = json.dumps(story).replace("</", "<\\/")
    stepper = STEPPER.format(open=opening, data=data) if story else ""
    return PAGE.format(language=language, stepper=stepper)


@pytest.fixture
def node():
    if not shutil.which("node"):
        pytest.skip("node is missing: no step is drawn")


def test_a_card_shows_the_step_at_which_the_stepper_opens():
    card = cards.read(page())
    assert (card.tag, card.site, card.title) == ("en", "The site", "Flush &amp; commit")
    assert card.at == STORY["open"]
    assert cards.read(page(opening=' data-open="2"')).at == 1, "the page's own choice goes first"


def test_a_card_says_the_headline_of_its_step():
    assert cards.read(page(opening=' data-open="2"')).caption == "<strong>Everybody sees <b>it</b>.</strong>"


def test_a_page_without_stepper_has_its_description():
    card = cards.read(page(story=None))
    assert (card.story, card.caption) == (None, "Who sees what.")
    assert '<svg class="still"' not in cards.draw([card])[0]


def test_a_page_that_names_no_image_has_no_card():
    assert cards.read("<html><p>Moved.</p></html>") is None


def test_a_card_may_be_linked_again():
    card = cards.read(page())
    once = cards.linked(page(), card, "cards/0123456789abcdef.png")
    assert 'og:image" content="https://x.example/assets/cards/0123456789abcdef.png"' in once
    assert '{"image": "https://x.example/assets/cards/0123456789abcdef.png"}' in once, "in its structured data, too"
    assert cards.linked(once, card, "cards/fedcba9876543210.png").count("cards/fedcba9876543210.png") == 2
    assert cards.read(once) == card


def test_the_alternative_of_a_card_says_what_stands_on_it():
    html = page(opening=' data-open="2"')
    linked = cards.linked(html, cards.read(html), "cards/0123456789abcdef.png")
    assert 'og:image:alt" content="Flush &amp; commit · Everybody sees it."' in linked


@pytest.mark.parametrize("language, title", [("en", "Others see"), ("zh-Hans", "另一个连接看到")])
def test_a_step_is_drawn_in_the_language_of_the_page(node, language, title):
    drawn = cards.draw([cards.read(page(language)), cards.read(page(language, story=None))])
    assert title in drawn[0] and title not in drawn[1]
    assert "https:" not in drawn[0].replace("https://www.w3.org", ""), "a card fetches nothing"
    assert drawn == cards.draw([cards.read(page(language)), cards.read(page(language, story=None))])


def test_without_node_one_line_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(cards.CardError, match="^node is missing: install it$"):
        cards.draw([cards.read(page())])


def test_each_built_page_names_a_card_that_is_there(site):
    html = (site / "zh" / "states" / "five-states" / "index.html").read_text("utf-8")
    assert cards.read(html).title == "五种对象状态：瞬态、待定、持久、已删除、游离"
    assert (site / cards.PLAIN).read_bytes().startswith(b"\x89PNG")
