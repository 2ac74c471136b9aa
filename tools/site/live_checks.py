"""The checks while pages are served: what `make test` would say of the pages, at every change."""

from tools.checks import check
from tools.content.pages import UnreadableError
from tools.content.repository import Repository


def problems() -> list[str]:
    """What is wrong, a line each."""
    try:
        return [str(problem) for problem in check.check(Repository())]
    except UnreadableError as error:
        return [str(error)]
