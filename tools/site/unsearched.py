"""Leave out of the search index what is folded or drawn, by the attribute that Material's search documents.

Setup is copied rather than read; steppers show code twice; the same names stand in hundreds of cells.
"""

from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

ATTRIBUTE = "data-search-exclude"
VALUE = "true"  # the search plugin takes the attribute off the page again, but only if it has a value


class Setup(Treeprocessor):
    """Mark folded setup blocks."""

    priority = 1

    def run(self, root: ET.Element) -> None:
        for details in root.iter("details"):
            if "setup" in details.get("class", "").split():
                details.set(ATTRIBUTE, VALUE)


def drawn(fence: dict) -> dict:
    """A custom fence whose sections and forms are marked."""

    def draw(*arguments, **more) -> str:
        html = fence["format"](*arguments, **more)
        for tag in ("section", "form"):
            html = html.replace(f"<{tag} ", f'<{tag} {ATTRIBUTE}="{VALUE}" ')
        return html

    return fence | {"format": draw}
