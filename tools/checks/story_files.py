"""The files of stories as they lie there: recordings and markers, and the data of tables."""

from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content import locale
from tools.content.repository import Repository
from tools.run import markers, story_files


def check_story_files(repository: Repository) -> Iterator[Problem]:
    """The recordings of stories, and the data of tables, are whole, and of the stories and places they say."""
    for path, line, what in story_files.problems(repository):
        yield Problem(path, line, what)


def check_differences(repository: Repository) -> Iterator[Problem]:
    """Why a story differs elsewhere is said in each language, for pages tell it above its steps."""
    reasons: dict[str, str] = {}  # each, with the first story that gives it
    for story in repository.stories:
        try:
            for reason in markers.read(story).differs.values():
                reasons.setdefault(reason, story.relative_to(repository.root).as_posix())
        except (markers.MarkerError, OSError, UnicodeDecodeError):
            continue  # check_story_files says it
    for language in repository.languages:
        path = repository.root / "locale" / f"{language}.toml"
        try:
            said = locale.words(language, "differs", repository.root)
        except locale.LocaleError:
            continue  # whoever needs the words says it
        for reason, story in reasons.items():
            if reason not in said:
                yield Problem(path, 0, f"has no line for '{reason}' of {story}: add it below [differs]")
