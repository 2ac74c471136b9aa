"""Lead from each story on a page to the playground, where it can be changed and run: a link below its steps."""

from html import escape
from posixpath import relpath

from tools.content import locale
from tools.site import playground, playground_widget
from tools.site.addresses import folder

PAGE = "play.md"


def address(page: str) -> str:
    """The way from a page to the playground of its language."""
    return f"{relpath(f'/{folder(PAGE)}', f'/{folder(page)}')}/"


def linked(fence: dict, language: str, page: str) -> dict:
    """A custom fence with a link below the steps of a story that runs there. Raises LocaleError."""

    def draw(source, kind, css_class, options, md, **more) -> str:
        html = fence["format"](source, kind, css_class, options, md, **more)
        story = str(options.get("story", "")).removesuffix(".py")
        if kind != "steps" or not playground.manifest() or story not in playground.stories():
            return html
        if playground_widget.left_out().get(story, "wording") != "wording":
            return html
        words = escape(locale.words(language, "playground")["open"])
        return f'{html}<p class="open-playground"><a href="{address(page)}#story={story}">{words}</a></p>'

    return fence | {"format": draw}
