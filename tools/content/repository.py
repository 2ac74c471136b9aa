"""The rooms of the repository that its programs look at: pages and stories."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.content import snippets
from tools.content.pages import LANGUAGES, Page, read
from tools.content.snippets import Include, SnippetError

ROOT = Path(__file__).parents[2]
SUFFIX = ".trace.jsonl"  # of the recording beside a story


@dataclass
class Repository:
    """The rooms below `root`."""

    root: Path = ROOT

    @property
    def docs(self) -> Path:
        """The pages, a folder for each language."""
        return self.root / "docs"

    @property
    def snippets(self) -> Path:
        """The programs, a folder for each chapter."""
        return self.root / "snippets"

    @property
    def navigation(self) -> Path:
        """The settings, with the list of pages."""
        return self.root / "mkdocs.yml"

    @property
    def files(self) -> list[Path]:
        """All pages and snippets, and what stands beside them."""
        return sorted(
            path
            for folder in (self.docs, self.snippets)
            for path in folder.rglob("*.*")
            if path.is_file() and path.suffix != ".pyc"
        )

    @cached_property
    def pages(self) -> dict[str, dict[str, Page]]:
        """The pages by language and name, each read once."""
        return {language: read(self.docs, language) for language in LANGUAGES}

    @property
    def all_pages(self) -> list[Page]:
        """The pages of both languages."""
        return [page for language in LANGUAGES for page in self.pages[language].values()]

    @cached_property
    def stories(self) -> list[Path]:
        """Every snippet that tells a story (not the library, not a package's __init__)."""
        return sorted(path for path in self.snippets.glob("*/*.py") if path.name != "__init__.py")

    @cached_property
    def faults(self) -> dict[Include, SnippetError]:
        """What is wrong with the includes of the pages. The same ones stand on many pages: each is read once."""
        found = {}
        for include in {include for page in self.all_pages for fence in page.fences for include in fence.includes}:
            try:
                snippets.locate(self.snippets, include)
            except SnippetError as error:
                found[include] = error
        return found
