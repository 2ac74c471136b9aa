"""Put drawings into the page itself, so that they follow its colours and speak its language."""

import re
import xml.etree.ElementTree as ET
from html import escape, unescape
from pathlib import Path

from mkdocs.exceptions import BuildError

SVG = "http://www.w3.org/2000/svg"
INDENTATION = re.compile(r"\n\s*")
IMAGE = re.compile(r'<p><img alt="(?P<alt>[^"]*)" src="[^"]*?assets/figures/(?P<name>[\w-]+)\.svg" ?/?></p>')

ET.register_namespace("", SVG)


def inline(html: str, folder: Path, language: str) -> str:
    """Replace each image that is a drawing of `folder` by the drawing, in the page's language.

    A drawing's text is English; its `data-zh` holds the Chinese. The image's alternative becomes its label.
    Raises BuildError for a drawing that is not XML.
    """

    def draw(match: re.Match[str]) -> str:
        path = folder / f"{match['name']}.svg"
        if not path.is_file():
            return match[0]  # tools/checks/check.py and mkdocs name the missing drawing
        try:
            root = ET.fromstring(path.read_text("utf-8"))
        except ET.ParseError as error:
            raise BuildError(f"docs/assets/figures/{path.name}: is no SVG ({error}): mend the drawing") from None
        root.set("role", "img")
        root.set("aria-label", unescape(match["alt"]))
        for text in root.iter(f"{{{SVG}}}text"):
            chinese = text.attrib.pop("data-zh", None)
            if language == "zh" and chinese:
                text.text = chinese
        drawing = INDENTATION.sub("\n", ET.tostring(root, encoding="unicode"))
        return f'<figure class="figure" id="figure-{escape(match["name"])}">{drawing}</figure>'

    return IMAGE.sub(draw, html)
