"""Drawings follow the page's language, and say in words what they show."""

import re
import xml.etree.ElementTree as ET

import pytest
from mkdocs.exceptions import BuildError

from tools.content.repository import ROOT
from tools.site.inline_svg import SVG, inline

FIGURES = sorted((ROOT / "docs" / "assets" / "figures").glob("*.svg"))
IMAGE = '<p><img alt="A &amp; B" src="../assets/figures/two.svg" /></p>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "two.svg").write_text(
        f'<svg xmlns="{SVG}" viewBox="0 0 9 9"><text data-zh="引擎">engine</text></svg>', "utf-8"
    )
    return tmp_path


def test_english(folder):
    html = inline(IMAGE, folder, "en")
    assert ">engine</text>" in html
    assert 'role="img" aria-label="A &amp; B"' in html
    assert "data-zh" not in html


def test_a_drawing_that_is_broken_is_one_line(folder):
    (folder / "two.svg").write_text("<svg>", "utf-8")
    with pytest.raises(BuildError, match=r"figures/two.svg: is no SVG \(no element found.*: mend the drawing"):
        inline(IMAGE, folder, "en")


def test_chinese(folder):
    assert ">引擎</text>" in inline(IMAGE, folder, "zh")


def test_other_images_stay(folder):
    assert inline('<p><img alt="x" src="x.png" /></p>', folder, "en") == '<p><img alt="x" src="x.png" /></p>'


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_figure_speaks_both_languages_and_follows_the_scheme(path):
    text = path.read_text("utf-8")
    for element in ET.fromstring(text).iter(f"{{{SVG}}}text"):
        assert element.get("data-zh"), f"{path.name}: '{element.text}' has no data-zh: write its Chinese there"
        assert len(element) == 0, f"{path.name}: '{element.text}' holds other elements: split it into plain <text>"
    fixed = re.findall(r'#[0-9a-fA-F]{3,6}\b(?=")|style=|<style', text)
    assert not fixed, f"{path.name}: {fixed} would not follow the page's colors: use currentColor and site.css"
