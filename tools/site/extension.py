"""The Markdown extension that does all that concerns a page's text.

Whoever renders the pages needs this one name beside what mkdocs.yml lists:

    markdown.Markdown(extensions=[…, "tools.site.extension"],
                      extension_configs={"tools.site.extension": {"language": "en", "page": "states/five-states.md"}})
"""

from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension

from tools.content.repository import ROOT
from tools.site import drawings, playground_links, playground_widget, preprocessors, table_links
from tools.site.faults import Faults
from tools.site.frames import Frames
from tools.site.heading_links import HeadingLinks
from tools.site.inline_svg import InlineSvg
from tools.site.layout import LayoutExtension
from tools.site.notices import Notices
from tools.site.page_program import PageProgram
from tools.site.page_texts import Listener, PageText
from tools.site.placeholders import Placeholders


class SiteExtension(Extension):
    """Draws fences, proven tables and figures; adds notices, programs, links, frames and layouts.

    Faults are warnings, never raised.
    """

    def __init__(self, **options: str) -> None:
        self.config = {
            "language": ["en", "The page's language: the name of its folder below docs/"],
            "page": ["", "The page's name inside its language, such as states/five-states.md"],
            "root": [str(ROOT), "The repository"],
            "repository": ["", "The address of the repository that publishes the site"],
            "description": ["", "The question that the page answers"],
            "texts": [{}, "Where the text of each page is put as it is rendered, by the page's name"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        language, page, root = self.getConfig("language"), self.getConfig("page"), Path(self.getConfig("root"))
        faults = Faults(language, page)
        listener = Listener(md, PageText(self.getConfig("description")))
        self.getConfig("texts")[page] = listener.page
        drawn = [
            faults.guard(self._linked(listener.listen(fence), language, page))
            for fence in drawings.fences(language, page)
        ]
        drawn.append(faults.guard(playground_widget.fence(language)))  # nothing that a text could hold
        fences = {"custom_fences": [*drawings.code_fences(), *drawn]}
        md.registerExtensions([LayoutExtension(), "pymdownx.superfences"], {"pymdownx.superfences": fences})
        for preprocessor in (
            Placeholders(md, root, language, self.getConfig("repository"), faults),
            PageProgram(md, root, language, page, faults),
            preprocessors.Includes(md, root, faults),
            preprocessors.Setup(md),
            preprocessors.ProvenTables(md, language, page, faults),
            Notices(md, root, language, page, faults),
            listener,
        ):
            md.preprocessors.register(preprocessor, _name(preprocessor), preprocessor.priority)
        for treeprocessor in (InlineSvg(md, root, language, page, faults), HeadingLinks(md)):
            md.treeprocessors.register(treeprocessor, _name(treeprocessor), treeprocessor.priority)
        frames = Frames(md)
        md.postprocessors.register(frames, _name(frames), frames.priority)

    @staticmethod
    def _linked(fence: dict, language: str, page: str) -> dict:
        """A custom fence with the links that stand below drawings."""
        return playground_links.linked(table_links.linked(fence, language, page), language, page)


def _name(processor: object) -> str:
    return f"site {type(processor).__module__} {type(processor).__name__}"


def makeExtension(**options: str) -> SiteExtension:
    """The extension, as Python-Markdown asks for it by the name of this module."""
    return SiteExtension(**options)
