"""`make cards`: each page names its card, drawn once; without node or browser one line says so."""

import pytest

from tests.site.test_cards import page
from tools.commands import cards


@pytest.fixture
def built(tmp_path):
    """A site of two pages without steppers, one of them in a folder."""
    for name, language in (("index.html", "en"), ("zh/index.html", "zh-Hans")):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(language, story=None), "utf-8")
    return tmp_path / "site"


@pytest.fixture
def photographs(monkeypatch):
    """The files that were asked for, instead of a browser."""
    taken = []

    def photograph(pages, size=None):
        for path in pages:
            path.write_bytes(b"png")
            taken.append(path)

    monkeypatch.setattr(cards, "photograph", photograph)
    return taken


def test_each_page_names_its_card_which_is_drawn_once(built, tmp_path, photographs):
    cache = tmp_path / "cache"
    assert cards.add(built, cache) == "2 cards, 2 of them drawn now"
    assert cards.add(built, cache) == "2 cards, 0 of them drawn now"
    assert len(photographs) == 2
    for path in photographs:
        assert (built / "assets" / "cards" / path.name).exists()
    names = {path.name for path in photographs}
    for file in (built / "index.html", built / "zh" / "index.html"):
        assert any(f"assets/cards/{name}" in file.read_text("utf-8") for name in names)


@pytest.mark.parametrize("options, code", [([], 0), (["--required"], 1)])
def test_where_no_card_can_be_drawn_one_line_says_so(built, monkeypatch, capsys, options, code):
    def no_browser(pages):
        raise cards.CardError("no browser starts (none): install chromium, or run playwright install chromium")

    monkeypatch.setattr(cards, "photograph", no_browser)
    monkeypatch.setattr(cards, "CACHE", built / "cache")
    assert cards.main([str(built), *options]) == code
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.startswith("cards: no browser starts (none): install chromium")
    assert "assets/card.png" in (built / "index.html").read_text("utf-8")


def test_the_site_is_called_something_in_each_language():
    assert cards.site_names() == ["SQLAlchemy Session, Step by Step", "SQLAlchemy Session 逐步图解"]
