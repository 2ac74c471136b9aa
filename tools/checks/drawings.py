"""What pages draw: every table and drawing can be made from what was recorded and computed."""

from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.repository import Repository
from tools.tables import proven, registry
from tools.tables.table import TableError


def check_computed(repository: Repository) -> Iterator[Problem]:
    """Every table and drawing that a page asks for can be drawn from what was recorded and computed."""
    said: set[tuple[str, str]] = set()
    for page in repository.all_pages:
        for fence in (fence for section in page.sections for fence in section.computed):
            if fence.language == "table" and proven.is_proven(fence.name or "", repository.root):
                continue  # check_proofs looks at these
            try:
                registry.draw(fence.language, fence.name or "", fence.text, page.language, page.name)
            except TableError as error:
                what = str(error)
                if what.startswith("tables/") and (page.language, what) in said:
                    continue  # the table's own fault, which is said where the first page shows it
                said.add((page.language, what))
                yield Problem(page.path, fence.line, what)
