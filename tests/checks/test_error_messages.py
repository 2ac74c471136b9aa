"""A message that a page quotes among its errors was seen in a run; what was not is a problem of the page's line."""

import pytest

from tools.checks import check, error_messages
from tools.content.repository import ROOT, Repository

ERRORS = """
## Errors you may meet {#errors}

| message | cause |
| --- | --- |
| `MESSAGE` | `calls()` are not messages |
"""
RAISED = '{"event": "exception", "type": "ValueError", "message": "no thing at 0x…,\\n  try another"}'
WARNED = '{"event": "warning", "category": "SAWarning", "text": "two things meet"}'


@pytest.fixture
def problems(repository):
    """What is wrong with a page that quotes a message, where two were recorded."""

    def found(message: str) -> list[str]:
        repository.recording.write_text(f'{{"events": [{RAISED}, {WARNED}]}}\n', "utf-8")
        repository.english.write_text(
            repository.english.read_text("utf-8") + ERRORS.replace("MESSAGE", message), "utf-8"
        )
        return [str(problem) for problem in check.check_messages(Repository(repository.root))]

    return found


@pytest.mark.parametrize(
    "message",
    [
        *("no thing", "no thing at …, try another", "ValueError: no thing", "ValueError"),
        *("two things meet", "SAWarning: two things", "SAWarning"),
    ],
)
def test_a_message_that_was_seen(problems, message):
    assert problems(message) == []


@pytest.mark.parametrize(
    "message",
    ["nothing", "no … at … third", "KeyError", "KeyError: no thing", "ValueError: two", "calls()"],
)
def test_a_message_that_was_never_seen(problems, message):
    (problem,) = problems(message)
    assert problem.endswith(
        f"one-thing.md:32: no recording has the message '{message}': show it in a story, or mend it"
    )


def test_a_type_may_be_caught_by_a_story(repository, problems):
    repository.story.write_text(
        repository.story.read_text("utf-8") + "\ntry:\n    one\nexcept KeyError:\n    pass\n", "utf-8"
    )
    assert problems("KeyError") == []


def test_subsections_of_the_errors_quote_too(repository):
    repository.english.write_text(
        repository.english.read_text("utf-8")
        + ERRORS.replace("| m", "### Some {#some}\n\n| m")
        + "\n## Next {#next}\n\n| `x` | y |\n",
        "utf-8",
    )
    page = Repository(repository.root).pages["en"]["chapter/one-thing.md"]
    assert [message for _, message in error_messages.quoted(page)] == ["MESSAGE"]


def test_what_only_a_test_shows_is_quoted_and_tested():
    quoted = {message for page in Repository().all_pages for _, message in error_messages.quoted(page)}
    for message, test in error_messages.TESTED.items():
        assert message in quoted
        assert message.split("… ")[-1] in (ROOT / test).read_text("utf-8")
