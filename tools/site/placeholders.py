"""Put facts that nobody types into the text of pages: `[[sqlalchemy]]`, `[[repository]]`.

`[[sqlalchemy]]` stands for the versions of SQLAlchemy that the recordings were made with, the newest first;
`[[repository]]` for the address of the repository that publishes the site.
"""

import json
import re
from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from tools.content import locale
from tools.content.repository import SUFFIX
from tools.site.faults import Faults

PLACEHOLDER = re.compile(r"\[\[([a-z]+)\]\]")


class Placeholders(Preprocessor):
    """Put the facts in place of their names, in code blocks, too. An unknown name is a fault."""

    priority = 34  # before includes bring code, which may hold brackets of its own

    def __init__(self, md: Markdown, root: Path, language: str, repository: str, faults: Faults) -> None:
        super().__init__(md)
        self.root, self.language, self.repository, self.faults = root, language, repository, faults

    def run(self, lines: list[str]) -> list[str]:
        return [PLACEHOLDER.sub(self._fact, line) for line in lines]

    def _fact(self, match: re.Match[str]) -> str:
        try:
            if match[1] == "sqlalchemy":
                return locale.words(self.language, "site", self.root)["and"].join(sqlalchemy_versions(self.root))
            if match[1] == "repository":
                return self.repository
            self.faults.report(f"{match[0]} stands for nothing: write [[sqlalchemy]] or [[repository]]")
        except (ValueError, OSError, locale.LocaleError) as error:
            self.faults.report(error)
        return match[0]


def sqlalchemy_versions(root: Path) -> list[str]:
    """The versions of SQLAlchemy in the heads of all recordings, the newest first. Raises ValueError, OSError."""
    found = set()
    for path in root.glob(f"snippets/*/*{SUFFIX}"):
        with path.open(encoding="utf-8") as file:
            found.add(str(json.loads(file.readline())["sqlalchemy"]))
    return sorted(found, key=lambda version: [int(part) for part in re.findall(r"\d+", version)], reverse=True)
