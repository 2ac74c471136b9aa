"""A changed English section cannot land unnoticed."""

import pytest

from tests.conftest import replace
from tools.checks.check import check
from tools.content import translation
from tools.content.repository import ROOT, House

MORE = "chapter/one-thing.md#more"


def change(house):
    replace(house.english, "There is more of it.", "There is much more of it.")


def test_only_the_changed_section_is_named(house):
    change(house)
    assert [key for key, _ in translation.differences(house.docs)] == [MORE]


def test_confirming_settles_it(house):
    change(house)
    assert translation.confirm(house.docs, [MORE]) == [MORE]
    assert translation.differences(house.docs) == []


def test_marking_settles_it_with_a_notice(house):
    change(house)
    assert translation.mark(house.docs, ["chapter/one-thing.md"]) == [MORE]
    assert translation.differences(house.docs) == []
    assert translation.awaiting(house.docs, "chapter/one-thing.md") == {"more"}
    assert translation.confirm(house.docs, [MORE]) == [MORE]
    assert translation.awaiting(house.docs, "chapter/one-thing.md") == set()


def test_a_change_of_code_alone_needs_no_confirmation(house):
    replace(house.story, "one = 1", "one = 2 - 1")
    assert translation.differences(house.docs) == []


def test_a_new_section_must_be_confirmed(house):
    house.english.write_text(house.english.read_text("utf-8") + "\n## Last {#last}\n\nThe end.\n", "utf-8")
    assert [key for key, _ in translation.differences(house.docs)] == ["chapter/one-thing.md#last"]


def test_a_section_that_is_gone_leaves_the_record(house):
    text = house.english.read_text("utf-8")
    house.english.write_text(text[: text.index("## More")], "utf-8")
    assert [(key, what[:22]) for key, what in translation.differences(house.docs)] == [(MORE, "is recorded but gone: ")]
    translation.confirm(house.docs, [MORE])
    assert translation.differences(house.docs) == []


def test_a_name_may_be_written_as_messages_show_it(house):
    change(house)
    assert translation.confirm(house.docs, [f"docs/zh/{MORE}"]) == [MORE]


@pytest.mark.parametrize("command", ["confirm", "mark"])
def test_a_name_is_asked_for(command, capsys):
    assert translation.main([command]) == 2
    assert capsys.readouterr().out.startswith("no page is named: make confirm PAGE=start/first-session.md")


def test_an_unknown_name_is_refused(house):
    with pytest.raises(ValueError, match="no page or section 'nothing.md'"):
        translation.confirm(house.docs, ["nothing.md"])


@pytest.mark.parametrize("line", ["=======", "<<<<<<< HEAD", "chapter/one-thing.md#more", "more 0123456789ab"])
def test_a_merge_that_was_not_settled_is_one_line(house, line):
    record = house.docs / "zh" / "confirmed.txt"
    record.write_text(f"{line}\n{record.read_text('utf-8')}", "utf-8")
    said = f"docs/zh/confirmed.txt:1: '{line}' is no 'page.md#section hash': delete the line, then run make test"
    with pytest.raises(ValueError) as failure:
        translation.differences(house.docs)
    assert str(failure.value) == said
    (problem,) = check.check_translation(House(house.root))
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
