"""Each mistake that a contributor can make is answered in one line: the file, what is wrong, what to do."""

import autocorrect_py
import pytest

from tests.conftest import replace
from tools.checks import check
from tools.checks.check import CHECKS
from tools.content.pages import UnreadableError
from tools.content.repository import Repository


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_is_sound(check):
    problems = [str(problem) for problem in check(Repository())]
    assert not problems, "\n".join(problems)


def test_chinese_typography():
    wrong = []
    for page in Repository().pages["zh"].values():
        corrected = autocorrect_py.format_for(page.text, "markdown").splitlines()
        for number, (line, better) in enumerate(zip(page.text.splitlines(), corrected, strict=True), 1):
            if line != better:
                wrong.append(f"docs/zh/{page.name}:{number}: write: {better}")
    assert not wrong, "\n".join(wrong)


def problems(repository) -> list[str]:
    return [str(problem).replace(f"{repository.root}/", "") for problem in check.check(Repository(repository.root))]


def test_a_sound_house_has_no_problems(repository):
    assert problems(repository) == []


def test_include_of_a_missing_file(repository):
    repository.both("one_thing.py:setup", "other.py:setup")
    assert (
        "docs/en/chapter/one-thing.md:9: no such snippet as snippets/chapter/other.py: "
        "mend the include, or write the snippet"
    ) in problems(repository)


def test_include_of_a_missing_section(repository):
    repository.both("one_thing.py:more", "one_thing.py:less")
    assert (
        "docs/en/chapter/one-thing.md:17: no section 'less' in snippets/chapter/one_thing.py "
        "(there: setup, more): mend the include"
    ) in problems(repository)


def test_python_typed_by_hand(repository):
    repository.both('--8<-- "chapter/one_thing.py:more"', "assert True")
    assert (
        "docs/en/chapter/one-thing.md:18: Python typed by hand: move it to a snippet and include its section"
    ) in problems(repository)


@pytest.mark.parametrize("language", ["pycon", "ipython", "tabel"])
def test_fence_that_nobody_reads(repository, language):
    repository.both("| 1 | 2 |", f"| 1 | 2 |\n\n```{language}\n>>> 1\n```")
    assert (
        f"docs/en/chapter/one-thing.md:28: a block of '{language}' is none of python, sh, steps, table, map, predict: "
        "mend its fence"
    ) in problems(repository)


def test_code_by_indentation(repository):
    repository.both("| 1 | 2 |", "| 1 | 2 |\n\n    assert True")
    assert any(
        problem.startswith("docs/en/chapter/one-thing.md:28: a block of 'indented code' is none of python")
        for problem in problems(repository)
    )


def test_fence_with_a_wrong_header(repository):
    repository.both("| 1 | 2 |", "| 1 | 2 |\n\n```table name=rollback\n```")
    assert 'docs/en/chapter/one-thing.md:28: a table fence reads ```table name="…"' in problems(repository)


def test_text_before_the_title(repository):
    repository.both("\n# ", "\n```python\nraise SystemExit(1)\n```\n\n# ")
    assert "docs/en/chapter/one-thing.md:1: has text before its title: move it below" in problems(repository)


@pytest.mark.parametrize("front", ["description: a: b", "- x"])
def test_front_matter_that_cannot_be_read(repository, front):
    replace(repository.english, "description: A page about one thing.", front)
    assert (
        "docs/en/chapter/one-thing.md:1: has front matter that is no YAML of names and values: quote what has a colon"
    ) in problems(repository)


def test_page_in_another_encoding(repository):
    repository.english.write_bytes("é".encode("latin-1"))
    with pytest.raises(UnreadableError, match="docs/en/chapter/one-thing.md: is not UTF-8: save it as UTF-8"):
        problems(repository)


@pytest.mark.parametrize("mark", ["!!!", "???", "???+", "==="])
def test_block_that_would_not_run(repository, mark):
    repository.both("| 1 | 2 |", f'| 1 | 2 |\n\n{mark} "note"\n\n    Text.')
    assert (
        f"docs/en/chapter/one-thing.md:28: a block after '{mark}' would never be run: write a '///' block instead"
    ) in problems(repository)


@pytest.mark.parametrize("missing, there", [("chinese", "en"), ("english", "zh")])
def test_page_in_one_language(repository, missing, there):
    getattr(repository, missing).unlink()
    other = "zh" if there == "en" else "en"
    assert (
        f"docs/{there}/chapter/one-thing.md: is missing in the other language: write docs/{other}/chapter/one-thing.md"
    ) in problems(repository)


def test_page_that_the_navigation_does_not_name(repository):
    replace(repository.navigation, "chapter/one-thing.md", "chapter/one-thin.md")
    found = problems(repository)
    assert "mkdocs.yml:3: nav names chapter/one-thin.md, which is no page: mend it" in found
    assert "mkdocs.yml: nav does not name chapter/one-thing.md: add it under its chapter" in found


def test_snippet_that_does_not_parse(repository):
    replace(repository.story, "assert one == 1", "assert (one == 1")
    assert "snippets/chapter/one_thing.py:9: does not parse: '(' was never closed; mend it" in problems(repository)


def test_a_paragraph_left_in_english(repository):
    english = "This paragraph was added in a hurry, and nobody has translated it yet."
    repository.both("{#more}\n", f"{{#more}}\n\n{english}\n")
    assert (
        "docs/zh/chapter/one-thing.md:13: 'This paragraph was added in a hurry, and…' is still in English: translate it"
    ) in problems(repository)


def test_heading_without_id(repository):
    replace(repository.english, "## More {#more}", "## More")
    assert "docs/en/chapter/one-thing.md:13: heading 'More' has no id: append {#an-id}" in problems(repository)


def test_headings_with_different_ids(repository):
    replace(repository.chinese, "{#more}", "{#mehr}")
    assert (
        "docs/zh/chapter/one-thing.md: headings differ from docs/en/chapter/one-thing.md "
        "('mehr' here, 'more' there): same ids in the same order, please"
    ) in problems(repository)


def test_a_broken_link_by_reference(repository):
    repository.both("(#more)", "[far]")
    repository.both("{#more}\n", "{#more}\n\n[far]: other.md\n")
    assert (
        "docs/en/chapter/one-thing.md:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link"
    ) in problems(repository)


def test_broken_link(repository):
    repository.both("](#more)", "](other.md)")
    assert (
        "docs/en/chapter/one-thing.md:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link"
    ) in problems(repository)


def test_broken_anchor(repository):
    repository.both("](#more)", "](#less)")
    assert (
        "docs/en/chapter/one-thing.md:7: link to '#less': 'chapter/one-thing.md' has no heading with id 'less'; "
        "mend the link"
    ) in problems(repository)


def test_image_without_alternative(repository):
    (repository.docs / "assets").mkdir()
    (repository.docs / "assets" / "drawing.svg").write_text("<svg/>")
    repository.both("| 1 | 2 |", "| 1 | 2 |\n\n![](../assets/drawing.svg)")
    assert (
        "docs/en/chapter/one-thing.md:28: image '../assets/drawing.svg' has no text alternative: write ![what it shows]"
    ) in problems(repository)


def test_missing_image(repository):
    repository.both("| 1 | 2 |", "| 1 | 2 |\n\n![a drawing](../assets/drawing.svg)")
    assert (
        "docs/en/chapter/one-thing.md:28: no such image as docs/assets/drawing.svg: draw it, or mend the path: "
        "a page writes ../assets/figures/name.svg"
    ) in problems(repository)


def test_section_never_shown(repository):
    repository.both('```python\n--8<-- "chapter/one_thing.py:more"\n```\n', "")
    assert (
        "snippets/chapter/one_thing.py:8: section 'more' is shown on no page: include it, or delete it"
    ) in problems(repository)


def test_sections_out_of_order(repository):
    repository.both("one_thing.py:setup", "one_thing.py:SETUP")
    repository.both("one_thing.py:more", "one_thing.py:setup")
    repository.both("one_thing.py:SETUP", "one_thing.py:more")
    assert (
        "docs/en/chapter/one-thing.md:9: section 'more' of chapter/one_thing.py is out of order: "
        "'setup' comes next in the file"
    ) in problems(repository)


def test_section_without_end(repository):
    replace(repository.story, "# --8<-- [end:more]\n", "")
    assert ("snippets/chapter/one_thing.py:8: section 'more' has no end: write [end:more] below it") in problems(
        repository
    )


def test_wide_line(repository):
    replace(repository.story, "assert one == 1", "assert one == 1  # " + "x" * 60)
    assert ("snippets/chapter/one_thing.py:9: is 79 columns wide: break it at 68, for phones") in problems(repository)


def test_story_without_its_mark(repository):
    replace(repository.story, "# --- story\n", "")
    assert (
        "snippets/chapter/one_thing.py: has no line '# --- story': write it between the setup and the story"
    ) in problems(repository)


def test_long_story(repository):
    replace(repository.story, "assert one == 1\n", "assert one == 1\n" * 41)
    assert "snippets/chapter/one_thing.py:49: tells a story of 41 lines: split it, 40 at most" in problems(repository)


def test_changed_english_section(repository):
    replace(repository.english, "There is more of it.", "There is much more of it.")
    assert (
        "docs/zh/chapter/one-thing.md:13: section 'more' was confirmed against an older English text: compare the two, "
        "then run 'make confirm PAGE=chapter/one-thing.md#more' "
        "(or 'make awaiting PAGE=chapter/one-thing.md#more' if you read no Chinese)"
    ) in problems(repository)


def test_section_left_in_english(repository):
    replace(repository.chinese, "还有更多内容。", "There is still more of it to be said.")
    assert ("docs/zh/chapter/one-thing.md:13: section 'more' is still in English: translate it") in problems(repository)


def test_english_punctuation_in_chinese(repository):
    replace(repository.chinese, "还有更多内容。", "还有更多内容.")
    assert ("docs/zh/chapter/one-thing.md:15: ends in English punctuation '.': write the full-width mark") in problems(
        repository
    )


def test_different_tables(repository):
    replace(repository.chinese, "| 1 | 2 |\n", "| 1 | 2 |\n| 3 | 4 |\n")
    assert any("tables of section 'more' differ" in problem for problem in problems(repository))


def test_page_without_description(repository):
    replace(repository.english, "description: A page about one thing.", "title: One thing")
    assert (
        "docs/en/chapter/one-thing.md:1: has no description: write one sentence of front matter (description: …)"
    ) in problems(repository)


FENCE = '```steps story="chapter/one_thing.py"\n```\n\n'


def test_story_without_its_steps(repository):
    repository.both(FENCE, "")
    assert (
        "docs/en/chapter/one-thing.md:17: shows chapter/one_thing.py without its steps: "
        'write a fence ```steps story="chapter/one_thing.py"'
    ) in problems(repository)


def test_steps_of_a_story_that_the_page_does_not_show(repository):
    repository.both('story="chapter/one_thing.py"', 'story="chapter/other.py"')
    assert (
        "docs/en/chapter/one-thing.md:21: steps through 'chapter/other.py', which this page does not show: "
        "mend the path"
    ) in problems(repository)


def test_steps_before_the_last_block(repository):
    repository.both(FENCE, "")
    repository.both(
        '```python\n--8<-- "chapter/one_thing.py:more"', FENCE + '```python\n--8<-- "chapter/one_thing.py:more"'
    )
    assert (
        "docs/en/chapter/one-thing.md:17: steps through 'chapter/one_thing.py' before its last block: "
        "move it below that"
    ) in problems(repository)


def test_story_without_recording(repository):
    repository.recording.unlink()
    assert ("snippets/chapter/one_thing.py: has no recording: run make record STORY=chapter/one_thing.py") in problems(
        repository
    )
