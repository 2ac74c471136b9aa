"""What happens to a page's Markdown before it is parsed: includes, setup blocks, proven tables.

Their order among those of Python-Markdown and pymdownx: includes are checked before `snippets` (32) brings them, the
others look at what it brought, before superfences (25) takes the fences away.
"""

import re
from pathlib import Path

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from tools.content import snippets
from tools.site import drawings
from tools.site.faults import Faults

SETUP = re.compile(r"^(///+) setup\b.*?^\1$", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r'^(?P<fence>```+) *table +name="(?P<name>[^"]+)" *\n.*?^(?P=fence) *$', re.DOTALL | re.MULTILINE)


class Includes(Preprocessor):
    """Put in place of an include that leads nowhere a comment that says so: `snippets` would end the build."""

    priority = 33

    def __init__(self, md: Markdown, root: Path, faults: Faults) -> None:
        super().__init__(md)
        self.root, self.faults = root, faults

    def run(self, lines: list[str]) -> list[str]:
        return [self._checked(line) for line in lines]

    def _checked(self, line: str) -> str:
        include = snippets.parse_include(line)
        try:
            if include:
                snippets.locate(self.root / "snippets", include)
        except (snippets.SnippetError, OSError, UnicodeError) as error:
            where = ""
            if isinstance(error, snippets.SnippetError) and error.path:
                where = f"{error.path.relative_to(self.root).as_posix()}:{error.line}: "
            what = f"{where}{getattr(error, 'message', error)}"
            self.faults.report(what)
            return f"# {what}"
        return line


class Setup(Preprocessor):
    """Leave folded setup blocks without colors: they are copied rather than read, and half of a page."""

    priority = 29

    def run(self, lines: list[str]) -> list[str]:
        plain = SETUP.sub(lambda setup: setup[0].replace("```python", "```plain"), "\n".join(lines))
        return plain.split("\n")


class ProvenTables(Preprocessor):
    """Put the Markdown of each proven table in place of its fence, so that its links are known as such."""

    priority = 28

    def __init__(self, md: Markdown, language: str, page: str, faults: Faults) -> None:
        super().__init__(md)
        self.language, self.page, self.faults = language, page, faults

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return TABLE.sub(lambda fence: self._lines(fence, text), text).split("\n")

    def _lines(self, fence: re.Match[str], text: str) -> str:
        try:
            found = drawings.table_lines(fence["name"], self.language, self.page, text)
        except Exception as error:  # whatever it is, it is to be said, on the page, too
            return self.md.htmlStash.store(self.faults.report(error))
        return fence[0] if found is None else "\n".join(["", *found, ""])
