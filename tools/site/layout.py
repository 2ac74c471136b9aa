"""The block `/// layout | cards`: a `div` of that class around what the block holds.

`/// html | div.cards` of pymdownx does more; its regular expressions alone take 50 ms of every build.
"""

from xml.etree import ElementTree as ET

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block


class Layout(Block):
    """A `div` with a class."""

    NAME = "layout"
    ARGUMENT = True  # needed: the class

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "div", {"class": self.argument})


class LayoutExtension(BlocksExtension):
    """Registers the block."""

    def extendMarkdownBlocks(self, md, block_mgr) -> None:
        block_mgr.register(Layout, self.getConfigs())
