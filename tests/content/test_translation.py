"""A section that changed in either language cannot land unnoticed."""

import pytest

from tests.conftest import replace
from tools.content import translation
from tools.content.repository import Repository
from tools.content.translation import ALONE, AWAITING, FRONT, GONE, NEW, OLDER, RecordError

NAME = "chapter/one-thing.md"


def pair(repository):
    """The English and the Chinese page as they stand now."""
    read = Repository(repository.root).pages
    return read["en"][NAME], read["zh"][NAME]


def differences(repository):
    return translation.differences(*pair(repository))


def write(repository, record):
    _, page = pair(repository)
    page.path.write_text(translation.with_record(page, record), "utf-8")


def change_english(repository):
    replace(repository.english, "There is more of it.", "There is much more of it.")


def change_chinese(repository):
    replace(repository.chinese, "还有更多内容。", "还有很多内容。")


def test_only_the_changed_section_is_named(repository):
    change_english(repository)
    assert differences(repository) == [("next", OLDER)]


def test_chinese_changed_alone_is_named(repository):
    change_chinese(repository)
    assert differences(repository) == [("next", ALONE)]


def test_the_front_matter_is_a_section(repository):
    replace(repository.english, "A page about one thing.", "A page about something.")
    assert differences(repository) == [(FRONT, OLDER)]


def test_the_record_is_no_part_of_what_it_records(repository):
    before = translation.hashes(pair(repository)[1])
    write(repository, {})
    assert translation.hashes(pair(repository)[1]) == before


def test_a_change_of_code_alone_needs_no_confirmation(repository):
    replace(repository.story, "one = 1", "one = 2 - 1")
    assert differences(repository) == []


def test_a_new_section_must_be_confirmed(repository):
    repository.both("| 1 | 2 |\n", "| 1 | 2 |\n\n## Last {#last}\n")
    assert differences(repository)[-1] == ("last", NEW)


def test_a_section_that_is_gone_leaves_the_record(repository):
    for path in (repository.english, repository.chinese):
        text = path.read_text("utf-8")
        path.write_text(text[: text.index("## ")], "utf-8")
    assert differences(repository) == [("next", GONE)]
    record, changed, refused = translation.confirm(*pair(repository), ["next"])
    assert (changed, refused) == (["next"], [])
    assert "next" not in record


def test_confirming_settles_it(repository):
    change_english(repository)
    change_chinese(repository)
    record, changed, refused = translation.confirm(*pair(repository), translation.hashes(pair(repository)[0]))
    assert (changed, refused) == (["next"], [])
    write(repository, record)
    assert differences(repository) == []


def test_chinese_that_did_not_change_is_refused_unless_it_is_said_to_fit(repository):
    change_english(repository)
    record, changed, refused = translation.confirm(*pair(repository), ["next"])
    assert (changed, refused) == ([], ["next"])
    assert record == translation.read_record(pair(repository)[1])
    record, changed, refused = translation.confirm(*pair(repository), ["next"], same=True)
    assert (changed, refused) == (["next"], [])


def test_leaving_it_to_somebody_else_settles_it(repository):
    change_english(repository)
    record, changed = translation.await_translation(*pair(repository), [FRONT, "next"])
    assert changed == ["next"]
    write(repository, record)
    assert differences(repository) == []
    assert translation.awaiting(repository.docs, "zh", NAME) == {"next"}
    assert translation.confirm(*pair(repository), ["next"])[2] == ["next"]  # it did not change since
    change_chinese(repository)
    write(repository, translation.confirm(*pair(repository), ["next"])[0])
    assert translation.awaiting(repository.docs, "zh", NAME) == set()
    assert differences(repository) == []


def test_a_record_is_a_line_a_section_at_the_end_of_the_front_matter(repository):
    lines = repository.chinese.read_text("utf-8").splitlines()
    assert lines[:3] == ["---", "description: 只讲一件事的页面。", "translated:"]
    assert [line.split(":")[0] for line in lines[3:7]] == [f"  {FRONT}", "  one-thing", "  next", "---"]


def test_other_front_matter_stays_as_it_was_written(repository):
    replace(repository.chinese, "description: 只讲一件事的页面。", 'description: "只讲一件事"  # why')
    _, page = pair(repository)
    assert translation.with_record(page, translation.read_record(page)) == page.text


@pytest.mark.parametrize("line", ["  next", "  next: 0123", "  next: awaiting", "  next: 01234567 awaiting"])
def test_a_line_that_cannot_be_read_is_named(repository, line):
    replace(repository.chinese, "translated:\n", f"translated:\n{line}\n")
    with pytest.raises(RecordError, match="is no line of a record") as failure:
        differences(repository)
    assert failure.value.line == 4
    assert translation.awaiting(repository.docs, "zh", NAME) == set()


def test_notices_stand_under_their_headings():
    page = "# One {#one}\n\ntext\n\n## Two {#two}\n\ntext\n"
    assert translation.add_notices(page, {"two"}, "NOTICE") == (
        "# One {#one}\n\ntext\n\n## Two {#two}\n\nNOTICE\n\ntext\n"
    )
    assert translation.add_notices(page, set(), "NOTICE") == page


def test_what_awaits_keeps_the_hash_of_the_translation(repository):
    change_english(repository)
    source, page = pair(repository)
    record, _ = translation.await_translation(source, page, ["next"])
    assert record["next"] == translation.Entry(AWAITING, translation.hashes(page)["next"])
