"""What is shipped means to the browser what was written."""

import re

import pytest

from tools.content.repository import ROOT
from tools.site import assets

STYLES = [*sorted(assets.FOLDER.glob("*.css")), *sorted((ROOT / "tracer" / "static").rglob("*.css"))]
SPACES = re.compile(r"\s+")


def rules(page, css: str) -> list[str]:
    """The rules of a style sheet as the browser reads them, a line each, without the spaces that say nothing."""
    text = page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            return [...sheet.cssRules].map((rule) => rule.cssText).join("\\n");
        }""",
        css,
    )
    return [SPACES.sub(" ", line).replace(", ", ",").strip() for line in text.splitlines()]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_keeps_its_rules(visit, style):
    page = visit("404.html")
    written, shipped = (
        rules(page, style.read_text("utf-8")),
        rules(page, assets.published(style.name, style.read_bytes()).decode()),
    )
    changed = [f"{one} became {other}" for one, other in zip(written, shipped, strict=True) if one != other]
    assert changed == [], "the minifier reads ' :' in a nested rule as a declaration: write '> :' or nest it otherwise"
