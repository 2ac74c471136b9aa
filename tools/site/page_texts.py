"""The text of each page as it is rendered: its Markdown with all that preprocessors put in, and what its fences drew.

Nothing is read or drawn a second time for readers who want Markdown: see exports.py.
"""

from dataclasses import dataclass, field

from markdown import Markdown
from markdown.preprocessors import Preprocessor


@dataclass
class PageText:
    """A page: its Markdown where fences are not drawn yet, and in their order what they are drawn as, as HTML."""

    description: str
    text: str = ""
    drawings: list[tuple[str, str, str]] = field(default_factory=list)  # kind, name (of steps none), HTML


PageTexts = dict[str, PageText]  # by the page's name


class Listener(Preprocessor):
    """Remember the text of a page when all is in it but drawings: just before superfences (25) takes the fences."""

    priority = 26

    def __init__(self, md: Markdown, page: PageText) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        self.page.text = "\n".join(lines)
        return lines

    def listen(self, fence: dict) -> dict:
        """A custom fence whose drawings are remembered."""

        def draw(source, kind, css_class, options, md, **more) -> str:
            html = fence["format"](source, kind, css_class, options, md, **more)
            self.page.drawings.append((kind, options.get("name", ""), html))
            return html

        return fence | {"format": draw}
