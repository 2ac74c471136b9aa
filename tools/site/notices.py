"""Say under a heading that its section awaits translation."""

from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from tools.content import locale, translation
from tools.content.pages import LANGUAGES
from tools.site.faults import Faults


class Notices(Preprocessor):
    """Add a notice under each heading whose translation is behind the English page."""

    priority = 27

    def __init__(self, md: Markdown, root: Path, language: str, page: str, faults: Faults) -> None:
        super().__init__(md)
        self.root, self.language, self.page, self.faults = root, language, page, faults

    def run(self, lines: list[str]) -> list[str]:
        if self.language == LANGUAGES[0]:  # the one that is translated from
            return lines
        try:
            waiting = translation.awaiting(self.root / "docs", self.language, self.page)
            if not waiting:
                return lines
            words = locale.words(self.language, "site")
        except (ValueError, OSError, locale.LocaleError) as error:
            return [self.md.htmlStash.store(self.faults.report(error)), "", *lines]
        notice = f"/// note | {words['awaiting title']}\n{words['awaiting text']}\n///\n"
        return translation.add_notices("\n".join(lines), waiting, notice).split("\n")
