"""Check that pages, translations and snippets fit together, and that nobody has turned off what decides about them.

`python -m tools.checks`. Every fault is one line: the file, what is wrong, what to do. The checks stand by kind in the
modules beside this one; none of them stops at the first fault, or relies on another to have found none.
"""

import sys
from collections.abc import Iterable, Iterator

from tools.checks.drawings import check_computed
from tools.checks.error_messages import check_messages
from tools.checks.files import check_encoding, check_names, check_navigation, check_scaffold, check_twins
from tools.checks.front_matter import check_front_matter
from tools.checks.headings import check_headings
from tools.checks.language import check_language
from tools.checks.lengths import check_lengths
from tools.checks.links import check_images, check_links
from tools.checks.locks import check_locks, check_npm_lock
from tools.checks.markup import check_fences, check_markup
from tools.checks.problem import Check, Problem
from tools.checks.proofs import check_proofs
from tools.checks.skips import check_skips, check_test_settings
from tools.checks.snippets import (
    check_includes,
    check_listeners,
    check_sections,
    check_shown,
    check_steps,
    check_stories,
    check_syntax,
)
from tools.checks.story_files import check_differences, check_story_files
from tools.checks.translation import check_record, check_same_shape
from tools.checks.workflows import check_commands, check_updates, check_workflows
from tools.content.locale import LocaleError
from tools.content.repository import Repository

CHECKS: tuple[Check, ...] = (
    check_encoding,
    check_names,
    check_twins,
    check_navigation,
    check_scaffold,
    check_front_matter,
    check_headings,
    check_lengths,
    check_markup,
    check_fences,
    check_includes,
    check_sections,
    check_shown,
    check_stories,
    check_listeners,
    check_syntax,
    check_steps,
    check_differences,
    check_story_files,
    check_computed,
    check_proofs,
    check_messages,
    check_links,
    check_images,
    check_same_shape,
    check_language,
    check_record,
    check_skips,
    check_test_settings,
    check_locks,
    check_npm_lock,
    check_workflows,
    check_commands,
    check_updates,
)


def check(repository: Repository, checks: Iterable[Check] = CHECKS) -> list[Problem]:
    """Run the checks and return the problems, sorted by file and line."""
    return sorted({problem for check_one in checks for problem in _found(check_one, repository)})


def _found(check_one: Check, repository: Repository) -> Iterator[Problem]:
    try:
        yield from check_one(repository)
    except LocaleError as error:
        path, _, what = str(error).partition(": ")
        yield Problem(repository.root / path, 0, what)


def main() -> int:
    problems = check(Repository())
    for problem in problems:
        print(problem)
    print(f"problems: {len(problems)}" if problems else "pages, translations and snippets fit together")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
