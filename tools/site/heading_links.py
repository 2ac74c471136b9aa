"""Take the links of headings to themselves out of the order of Tab.

There is one for each heading, and nobody who tabs through a page wants them all. A pointer finds them beside the
heading; the keyboard finds the same addresses in the table of contents.
"""

from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor


class HeadingLinks(Treeprocessor):
    """Mark the links that `toc` (5) has added."""

    priority = 4

    def run(self, root: ET.Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "headerlink":
                link.set("tabindex", "-1")
