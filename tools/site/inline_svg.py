"""Put drawings into the page itself, so that they follow its colors and speak its language."""

import re
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path
from posixpath import relpath

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from tools.site.addresses import folder
from tools.site.faults import Faults

SVG = "http://www.w3.org/2000/svg"
INDENTATION = re.compile(r"\n\s*")
SOURCE = re.compile(r"(?:^|/)assets/figures/(?P<name>[\w-]+)\.svg$")

ET.register_namespace("", SVG)


class InlineSvg(Treeprocessor):
    """Replace each paragraph that is one image of `docs/assets/figures/` by the drawing, in the page's language."""

    priority = 10  # when images are elements (20), before mkdocs looks for the files they name (0)

    def __init__(self, md: Markdown, root: Path, language: str, page: str, faults: Faults) -> None:
        super().__init__(md)
        self.folder, self.language, self.page = root / "docs" / "assets" / "figures", language, page
        self.faults = faults

    def run(self, root: ET.Element) -> None:
        for paragraph in root.iter("p"):
            if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
                continue
            source = SOURCE.search(paragraph[0].get("src", "")) if paragraph[0].tag == "img" else None
            path = self.folder / f"{source['name']}.svg" if source else None
            if path is None or not path.is_file():
                continue  # an image like any other, or one that the generator and the checks find missing
            html = self._drawn(path, paragraph[0].get("alt", ""))
            paragraph.remove(paragraph[0])
            paragraph.text = self.md.htmlStash.store(html)

    def _drawn(self, path: Path, label: str) -> str:
        try:
            return figure(path, label, self.language, self.page)
        except (ET.ParseError, UnicodeError) as error:
            return self.faults.report(f"docs/assets/figures/{path.name} is no SVG ({error}): mend the drawing")


def figure(path: Path, label: str, language: str, page: str) -> str:
    """A drawing as a figure on a page in a language, `label` for those who do not see it.

    The drawing's texts are English; `data-zh` and the like hold those of other languages. Its links name pages below
    their language's folder, such as `sessions/identity-map.md#key`.
    Raises ParseError for a file that is no XML, UnicodeError for one that is not UTF-8.
    """
    root = ET.fromstring(path.read_text("utf-8"))
    links = list(root.iter(f"{{{SVG}}}a"))
    root.set("role", "group" if links else "img")  # nothing inside an img can be reached
    root.set("aria-label", label)
    for text in root.iter(f"{{{SVG}}}text"):
        text.text = text.get(f"data-{language}") or text.text
        for name in [name for name in text.attrib if name.startswith("data-")]:
            del text.attrib[name]
    for link in links:
        link.set("href", _address(link.get("href", ""), page))
    drawing = INDENTATION.sub("\n", ET.tostring(root, encoding="unicode"))
    return f'<figure class="figure" id="figure-{escape(path.stem)}">{drawing}</figure>'


def _address(target: str, page: str) -> str:
    """The address, on the page, of a page that a drawing names."""
    path, mark, anchor = target.partition("#")
    if path == page:
        return mark + anchor
    return f"{relpath(f'/{folder(path)}', f'/{folder(page)}')}/{mark}{anchor}"
