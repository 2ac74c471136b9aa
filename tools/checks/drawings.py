"""What pages draw: every table and drawing can be made from what was recorded and computed."""

from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.repository import Repository
from tools.tables import registry
from tools.tables.table import TableError


def check_computed(repository: Repository) -> Iterator[Problem]:
    """Every table and drawing that a page asks for can be drawn from what was recorded and computed."""
    for page in repository.all_pages:
        for fence in (fence for section in page.sections for fence in section.computed):
            try:
                registry.draw(fence.language, fence.name or "", fence.text, page.language, page.name)
            except TableError as error:
                yield Problem(page.path, fence.line, str(error))
