"""A changed English section cannot land unnoticed."""

import pytest

from tests.conftest import replace
from tools.checks import check
from tools.content import translation
from tools.content.repository import ROOT, Repository

MORE = "chapter/one-thing.md#more"


def change(repository):
    replace(repository.english, "There is more of it.", "There is much more of it.")


def test_only_the_changed_section_is_named(repository):
    change(repository)
    assert [key for key, _ in translation.differences(repository.docs)] == [MORE]


def test_confirming_settles_it(repository):
    change(repository)
    assert translation.confirm(repository.docs, [MORE]) == [MORE]
    assert translation.differences(repository.docs) == []


def test_marking_settles_it_with_a_notice(repository):
    change(repository)
    assert translation.mark(repository.docs, ["chapter/one-thing.md"]) == [MORE]
    assert translation.differences(repository.docs) == []
    assert translation.awaiting(repository.docs, "chapter/one-thing.md") == {"more"}
    assert translation.confirm(repository.docs, [MORE]) == [MORE]
    assert translation.awaiting(repository.docs, "chapter/one-thing.md") == set()


def test_a_change_of_code_alone_needs_no_confirmation(repository):
    replace(repository.story, "one = 1", "one = 2 - 1")
    assert translation.differences(repository.docs) == []


def test_a_new_section_must_be_confirmed(repository):
    repository.english.write_text(repository.english.read_text("utf-8") + "\n## Last {#last}\n\nThe end.\n", "utf-8")
    assert [key for key, _ in translation.differences(repository.docs)] == ["chapter/one-thing.md#last"]


def test_a_section_that_is_gone_leaves_the_record(repository):
    text = repository.english.read_text("utf-8")
    repository.english.write_text(text[: text.index("## More")], "utf-8")
    assert [(key, what[:22]) for key, what in translation.differences(repository.docs)] == [
        (MORE, "is recorded but gone: ")
    ]
    translation.confirm(repository.docs, [MORE])
    assert translation.differences(repository.docs) == []


def test_a_name_may_be_written_as_messages_show_it(repository):
    change(repository)
    assert translation.confirm(repository.docs, [f"docs/zh/{MORE}"]) == [MORE]


@pytest.mark.parametrize("command", ["confirm", "mark"])
def test_a_name_is_asked_for(command, capsys):
    assert translation.main([command]) == 2
    assert capsys.readouterr().out.startswith("no page is named: make confirm PAGE=start/first-session.md")


def test_an_unknown_name_is_refused(repository):
    with pytest.raises(ValueError, match="no page or section 'nothing.md'"):
        translation.confirm(repository.docs, ["nothing.md"])


@pytest.mark.parametrize("line", ["=======", "<<<<<<< HEAD", "chapter/one-thing.md#more", "more 0123456789ab"])
def test_a_merge_that_was_not_settled_is_one_line(repository, line):
    record = repository.docs / "zh" / "confirmed.txt"
    record.write_text(f"{line}\n{record.read_text('utf-8')}", "utf-8")
    said = f"docs/zh/confirmed.txt:1: '{line}' is no 'page.md#section hash': delete the line, then run make test"
    with pytest.raises(ValueError) as failure:
        translation.differences(repository.docs)
    assert str(failure.value) == said
    (problem,) = check.check_translation(Repository(repository.root))
    assert str(problem).endswith(said.partition(": ")[2])


def test_notices_stand_under_their_headings():
    page = "# One {#one}\n\ntext\n\n## Two {#two}\n\ntext\n"
    assert translation.add_notices(page, {"two"}, "NOTICE") == (
        "# One {#one}\n\ntext\n\n## Two {#two}\n\nNOTICE\n\ntext\n"
    )
    assert translation.add_notices(page, set(), "NOTICE") == page


def test_the_record_is_sorted():
    lines = (ROOT / "docs" / "zh" / "confirmed.txt").read_text("utf-8").splitlines()
    assert lines == sorted(lines)
