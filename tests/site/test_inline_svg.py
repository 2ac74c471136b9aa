"""Drawings follow the page's language, and say in words what they show."""

import re
import xml.etree.ElementTree as ET

import pytest
from markdown import Markdown

from tools.content.repository import ROOT
from tools.site.inline_svg import SVG

FIGURES = sorted((ROOT / "docs" / "assets" / "figures").glob("*.svg"))
IMAGE = "![A & B](../assets/figures/two.svg)"


@pytest.fixture
def root(tmp_path):
    figures = tmp_path / "docs" / "assets" / "figures"
    figures.mkdir(parents=True)
    (figures / "two.svg").write_text(
        f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><text data-zh="引擎">engine</text></svg>', "utf-8"
    )
    return tmp_path


def convert(root, text: str, language: str, page: str = "index.md") -> str:
    options = {"tools.site.extension": {"language": language, "page": page, "root": str(root)}}
    return Markdown(extensions=["tools.site.extension"], extension_configs=options).convert(text)


@pytest.mark.parametrize(("language", "said"), [("en", "engine"), ("zh", "引擎")])
def test_a_drawing_speaks_the_language_of_its_page(root, language, said):
    (root / "docs" / "zh").mkdir()
    html = convert(root, IMAGE, language)
    assert html.startswith('<figure class="figure" id="figure-two"><svg') and html.endswith("</svg></figure>")
    assert f">{said}</text>" in html
    assert 'role="img"' in html and 'aria-label="A &amp; B"' in html
    assert "data-zh" not in html


@pytest.mark.parametrize(
    ("page", "target", "address"),
    [
        ("states/transitions.md", "sessions/identity-map.md#key", "../../sessions/identity-map/#key"),
        ("sessions/sqlite.md", "sessions/identity-map.md", "../identity-map/"),
        ("sessions/sqlite.md", "sessions/sqlite.md#begin", "#begin"),
        ("index.md", "sessions/sqlite.md", "sessions/sqlite/"),
    ],
)
def test_a_drawing_links_to_pages_from_where_it_stands(root, page, target, address):
    drawing = f'<svg xmlns="{SVG}"><a href="{target}"><text>map</text></a></svg>'
    (root / "docs" / "assets" / "figures" / "two.svg").write_text(drawing, "utf-8")
    html = convert(root, IMAGE, "en", page)
    assert f'<a href="{address}"><text>map</text></a>' in html
    assert 'role="group"' in html and 'aria-label="A &amp; B"' in html


def test_a_drawing_that_is_broken_is_one_line(root, caplog):
    (root / "docs" / "assets" / "figures" / "two.svg").write_text("<svg>", "utf-8")
    assert "<strong>docs/assets/figures/two.svg is no SVG (no element found" in convert(root, IMAGE, "en")
    assert "docs/en/index.md: docs/assets/figures/two.svg is no SVG" in caplog.text


@pytest.mark.parametrize("text", ["![x](x.png)", "![x](../assets/figures/none.svg)", f"See {IMAGE}", f"{IMAGE} here."])
def test_other_images_stay(root, text):
    assert "<img " in convert(root, text, "en")


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_figure_speaks_both_languages_and_follows_the_scheme(path):
    text = path.read_text("utf-8")
    for element in ET.fromstring(text).iter(f"{{{SVG}}}text"):
        assert element.get("data-zh"), f"{path.name}: '{element.text}' has no data-zh: write its Chinese there"
        assert len(element) == 0, f"{path.name}: '{element.text}' holds other elements: split it into plain <text>"
    fixed = re.findall(r'#[0-9a-fA-F]{3,6}\b(?=")|style=|<style', text)
    assert not fixed, f"{path.name}: {fixed} would not follow the page's colors: use currentColor and site.css"
