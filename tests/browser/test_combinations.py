"""Every page is opened, every combination occurs, and what changed is opened in all of them. Needs no browser."""

from tests.browser.combinations import MOST_CHANGED, WAYS, every, one_of_each_kind, picked

MANY = {f"chapter-{number % 9}/page-{number}.md": {"steps", "table"} for number in range(150)}


def ways_of(name: str, combinations) -> int:
    return sum(one.name == name for one in combinations)


def test_every_page_is_opened_once_in_turn():
    combinations = picked(MANY, [])
    whole = one_of_each_kind(MANY)
    assert [ways_of(name, combinations) for name in MANY if name not in whole] == [1] * (len(MANY) - 1)
    turns = [(one.language, one.scheme, one.size) for one in combinations if one.name not in whole]
    assert min(turns.count(way) for way in WAYS) >= 8, "each combination has its share"


def test_a_page_keeps_its_turn_when_others_come():
    fewer = {name: MANY[name] for name in list(MANY)[:60]}
    assert set(picked(fewer, [])) <= set(picked(MANY, []))


def test_what_changed_is_opened_in_every_way():
    combinations = picked(MANY, ["chapter-1/page-1.md", "chapter-9/gone.md"])
    assert ways_of("chapter-1/page-1.md", combinations) == len(WAYS)
    assert ways_of("chapter-9/gone.md", combinations) == 0


def test_a_change_of_all_pages_takes_no_more_time_than_one_of_twenty():
    assert len(picked(MANY, MANY)) == len(picked(MANY, [])) < len(picked(MANY, list(MANY)[-MOST_CHANGED:]))


def test_few_pages_stand_for_all_kinds():
    kinds = {"a": {"steps"}, "b": {"steps", "table"}, "c": {"tab"}, "d": {"tab"}, "e": set()}
    assert one_of_each_kind(kinds) == {"b", "c"}
    assert ways_of("b", picked(kinds, [])) == ways_of("c", picked(kinds, [])) == len(WAYS)


def test_all_combinations():
    assert len(every(["a", "b"])) == 2 * len(WAYS)
