"""Each mistake that a contributor can make is answered in one line: the file, what is wrong, what to do."""

from types import SimpleNamespace

import autocorrect_py
import pytest

from tests.conftest import replace
from tools.checks.check import CHECKS, check
from tools.content.pages import UnreadableError
from tools.content.repository import House
from tools.site import cache, hooks


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_is_sound(check):
    problems = [str(problem) for problem in check(House())]
    assert not problems, "\n".join(problems)


def test_chinese_typography():
    wrong = []
    for page in House().pages["zh"].values():
        corrected = autocorrect_py.format_for(page.text, "markdown").splitlines()
        for number, (line, better) in enumerate(zip(page.text.splitlines(), corrected, strict=True), 1):
            if line != better:
                wrong.append(f"docs/zh/{page.name}:{number}: write: {better}")
    assert not wrong, "\n".join(wrong)


def problems(house) -> list[str]:
    return [str(problem).replace(f"{house.root}/", "") for problem in check.check(House(house.root))]


def test_a_sound_house_has_no_problems(house):
    assert problems(house) == []


def test_include_of_a_missing_file(house):
    house.both("one_thing.py:setup", "other.py:setup")
    assert (
        "docs/en/chapter/one-thing.md:9: no such snippet as snippets/chapter/other.py: "
        "mend the include, or write the snippet"
    ) in problems(house)


def test_include_of_a_missing_section(house):
    house.both("one_thing.py:more", "one_thing.py:less")
    assert (
        "docs/en/chapter/one-thing.md:17: no section 'less' in snippets/chapter/one_thing.py "
        "(there: setup, more): mend the include"
    ) in problems(house)


def test_python_typed_by_hand(house):
    house.both('--8<-- "chapter/one_thing.py:more"', "assert True")
    assert (
        "docs/en/chapter/one-thing.md:18: Python typed by hand: move it to a snippet and include its section"
    ) in problems(house)


@pytest.mark.parametrize("language", ["pycon", "ipython", "tabel"])
def test_fence_that_nobody_reads(house, language):
    house.both("| 1 | 2 |", f"| 1 | 2 |\n\n```{language}\n>>> 1\n```")
    assert (
        f"docs/en/chapter/one-thing.md:28: a block of '{language}' is none of python, sh, steps, table, map, predict: "
        "mend its fence"
    ) in problems(house)


def test_code_by_indentation(house):
    house.both("| 1 | 2 |", "| 1 | 2 |\n\n    assert True")
    assert any(
        problem.startswith("docs/en/chapter/one-thing.md:28: a block of 'indented code' is none of python")
        for problem in problems(house)
    )


def test_fence_with_a_wrong_header(house):
    house.both("| 1 | 2 |", "| 1 | 2 |\n\n```table name=rollback\n```")
    assert 'docs/en/chapter/one-thing.md:28: a table fence reads ```table name="…"' in problems(house)


def test_text_before_the_title(house):
    house.both("\n# ", "\n```python\nraise SystemExit(1)\n```\n\n# ")
    assert "docs/en/chapter/one-thing.md:1: has text before its title: move it below" in problems(house)


@pytest.mark.parametrize("front", ["description: a: b", "- x"])
def test_front_matter_that_cannot_be_read(house, front):
    replace(house.english, "description: A page about one thing.", front)
    assert (
        "docs/en/chapter/one-thing.md:1: has front matter that is no YAML of names and values: quote what has a colon"
    ) in problems(house)


def test_page_in_another_encoding(house):
    house.english.write_bytes("é".encode("latin-1"))
    with pytest.raises(UnreadableError, match="docs/en/chapter/one-thing.md: is not UTF-8: save it as UTF-8"):
        problems(house)


@pytest.mark.parametrize("mark", ["!!!", "???", "???+", "==="])
def test_block_that_would_not_run(house, mark):
    house.both("| 1 | 2 |", f'| 1 | 2 |\n\n{mark} "note"\n\n    Text.')
    assert (
        f"docs/en/chapter/one-thing.md:28: a block after '{mark}' would never be run: write a '///' block instead"
    ) in problems(house)


@pytest.mark.parametrize("missing, there", [("chinese", "en"), ("english", "zh")])
def test_page_in_one_language(house, missing, there):
    getattr(house, missing).unlink()
    other = "zh" if there == "en" else "en"
    assert (
        f"docs/{there}/chapter/one-thing.md: is missing in the other language: write docs/{other}/chapter/one-thing.md"
    ) in problems(house)


def test_page_that_the_navigation_does_not_name(house):
    replace(house.navigation, "chapter/one-thing.md", "chapter/one-thin.md")
    found = problems(house)
    assert "mkdocs.yml:3: nav names chapter/one-thin.md, which is no page: mend it" in found
    assert "mkdocs.yml: nav does not name chapter/one-thing.md: add it under its chapter" in found


def test_snippet_that_does_not_parse(house):
    replace(house.story, "assert one == 1", "assert (one == 1")
    assert "snippets/chapter/one_thing.py:9: does not parse: '(' was never closed; mend it" in problems(house)


def test_a_paragraph_left_in_english(house):
    english = "This paragraph was added in a hurry, and nobody has translated it yet."
    house.both("{#more}\n", f"{{#more}}\n\n{english}\n")
    assert (
        "docs/zh/chapter/one-thing.md:13: 'This paragraph was added in a hurry, and…' is still in English: translate it"
    ) in problems(house)


def test_heading_without_id(house):
    replace(house.english, "## More {#more}", "## More")
    assert "docs/en/chapter/one-thing.md:13: heading 'More' has no id: append {#an-id}" in problems(house)


def test_headings_with_different_ids(house):
    replace(house.chinese, "{#more}", "{#mehr}")
    assert (
        "docs/zh/chapter/one-thing.md: headings differ from docs/en/chapter/one-thing.md "
        "('mehr' here, 'more' there): same ids in the same order, please"
    ) in problems(house)


def test_a_broken_link_by_reference(house):
    house.both("(#more)", "[far]")
    house.both("{#more}\n", "{#more}\n\n[far]: other.md\n")
    assert (
        "docs/en/chapter/one-thing.md:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link"
    ) in problems(house)


def test_broken_link(house):
    house.both("](#more)", "](other.md)")
    assert (
        "docs/en/chapter/one-thing.md:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link"
    ) in problems(house)


def test_broken_anchor(house):
    house.both("](#more)", "](#less)")
    assert (
        "docs/en/chapter/one-thing.md:7: link to '#less': 'chapter/one-thing.md' has no heading with id 'less'; "
        "mend the link"
    ) in problems(house)


def test_image_without_alternative(house):
    (house.docs / "assets").mkdir()
    (house.docs / "assets" / "drawing.svg").write_text("<svg/>")
    house.both("| 1 | 2 |", "| 1 | 2 |\n\n![](../assets/drawing.svg)")
    assert (
        "docs/en/chapter/one-thing.md:28: image '../assets/drawing.svg' has no text alternative: write ![what it shows]"
    ) in problems(house)


def test_missing_image(house):
    house.both("| 1 | 2 |", "| 1 | 2 |\n\n![a drawing](../assets/drawing.svg)")
    assert (
        "docs/en/chapter/one-thing.md:28: no such image as docs/assets/drawing.svg: draw it, or mend the path: "
        "a page writes ../assets/figures/name.svg"
    ) in problems(house)


def test_section_never_shown(house):
    house.both('```python\n--8<-- "chapter/one_thing.py:more"\n```\n', "")
    assert (
        "snippets/chapter/one_thing.py:8: section 'more' is shown on no page: include it, or delete it"
    ) in problems(house)


def test_sections_out_of_order(house):
    house.both("one_thing.py:setup", "one_thing.py:SETUP")
    house.both("one_thing.py:more", "one_thing.py:setup")
    house.both("one_thing.py:SETUP", "one_thing.py:more")
    assert (
        "docs/en/chapter/one-thing.md:9: section 'more' of chapter/one_thing.py is out of order: "
        "'setup' comes next in the file"
    ) in problems(house)


def test_section_without_end(house):
    replace(house.story, "# --8<-- [end:more]\n", "")
    assert ("snippets/chapter/one_thing.py:8: section 'more' has no end: write [end:more] below it") in problems(house)


def test_wide_line(house):
    replace(house.story, "assert one == 1", "assert one == 1  # " + "x" * 60)
    assert ("snippets/chapter/one_thing.py:9: is 79 columns wide: break it at 68, for phones") in problems(house)


def test_story_without_its_mark(house):
    replace(house.story, "# --- story\n", "")
    assert (
        "snippets/chapter/one_thing.py: has no line '# --- story': write it between the setup and the story"
    ) in problems(house)


def test_long_story(house):
    replace(house.story, "assert one == 1\n", "assert one == 1\n" * 41)
    assert "snippets/chapter/one_thing.py:49: tells a story of 41 lines: split it, 40 at most" in problems(house)


def test_changed_english_section(house):
    replace(house.english, "There is more of it.", "There is much more of it.")
    assert (
        "docs/zh/chapter/one-thing.md:13: section 'more' was confirmed against an older English text: compare the two, "
        "then run 'make confirm PAGE=chapter/one-thing.md#more' "
        "(or 'make awaiting PAGE=chapter/one-thing.md#more' if you read no Chinese)"
    ) in problems(house)


def test_section_left_in_english(house):
    replace(house.chinese, "还有更多内容。", "There is still more of it to be said.")
    assert ("docs/zh/chapter/one-thing.md:13: section 'more' is still in English: translate it") in problems(house)


def test_english_punctuation_in_chinese(house):
    replace(house.chinese, "还有更多内容。", "还有更多内容.")
    assert ("docs/zh/chapter/one-thing.md:15: ends in English punctuation '.': write the full-width mark") in problems(
        house
    )


def test_different_tables(house):
    replace(house.chinese, "| 1 | 2 |\n", "| 1 | 2 |\n| 3 | 4 |\n")
    assert any("tables of section 'more' differ" in problem for problem in problems(house))


def test_page_without_description(house):
    replace(house.english, "description: A page about one thing.", "title: One thing")
    assert (
        "docs/en/chapter/one-thing.md:1: has no description: write one sentence of front matter (description: …)"
    ) in problems(house)


FENCE = '```steps story="chapter/one_thing.py"\n```\n\n'


def test_story_without_its_steps(house):
    house.both(FENCE, "")
    assert (
        "docs/en/chapter/one-thing.md:17: shows chapter/one_thing.py without its steps: "
        'write a fence ```steps story="chapter/one_thing.py"'
    ) in problems(house)


def test_steps_of_a_story_that_the_page_does_not_show(house):
    house.both('story="chapter/one_thing.py"', 'story="chapter/other.py"')
    assert (
        "docs/en/chapter/one-thing.md:21: steps through 'chapter/other.py', which this page does not show: "
        "mend the path"
    ) in problems(house)


def test_steps_before_the_last_block(house):
    house.both(FENCE, "")
    house.both('```python\n--8<-- "chapter/one_thing.py:more"', FENCE + '```python\n--8<-- "chapter/one_thing.py:more"')
    assert (
        "docs/en/chapter/one-thing.md:17: steps through 'chapter/one_thing.py' before its last block: "
        "move it below that"
    ) in problems(house)


def test_story_without_recording(house):
    house.recording.unlink()
    assert ("snippets/chapter/one_thing.py: has no recording: run make record STORY=chapter/one_thing.py") in problems(
        house
    )


def test_a_build_looks_again_until_nothing_is_wrong(house, monkeypatch, caplog):
    monkeypatch.setattr(cache, "builds", cache.Kept(house.root / "build.json"))
    monkeypatch.setattr(hooks, "House", lambda: House(house.root))
    config = SimpleNamespace(docs_dir="docs/en")
    replace(house.chinese, "还有更多内容。", "还有更多内容.")
    for _ in range(2):
        caplog.clear()
        hooks.on_pre_build(config)
        cache.builds.save()
        assert "ends in English punctuation" in caplog.text
    replace(house.chinese, "还有更多内容.", "还有更多内容。")
    caplog.clear()
    hooks.on_pre_build(config)
    monkeypatch.setattr(check, "check", None)  # is not called any more
    hooks.on_pre_build(config)
    assert caplog.text == ""
