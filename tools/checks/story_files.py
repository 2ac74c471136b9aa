"""The files of stories as they lie there: recordings and markers, and the data of tables."""

from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.repository import Repository
from tools.run import story_files


def check_story_files(repository: Repository) -> Iterator[Problem]:
    """The recordings of stories, and the data of tables, are whole, and of the stories and places they say."""
    for path, line, what in story_files.problems(repository):
        yield Problem(path, line, what)
