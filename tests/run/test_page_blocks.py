"""No Python block of a page escapes: rendered = collected = executed; a failing block names its true line."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pytest_markdown_docs.plugin import extract_fence_tests

from tests.conftest import replace
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.content.snippets import SnippetError, source
from tools.run import variants
from tools.run.page_blocks import EarlierBlockFailed, PageBlocks, explain

PAGES = Repository().all_pages


def rendered(site: Path, page) -> int:
    """Count the Python blocks that a reader of the built page sees."""
    folder = site if page.language == "en" else site / "zh"
    name = page.name.removesuffix(".md")
    built = folder / ("index.html" if name == "index" else f"{name}/index.html")
    return len(re.findall(r'<div class="language-python[ "]', built.read_text("utf-8")))


def collected(page) -> list[int]:
    """The lines of the blocks that pytest-markdown-docs finds."""
    return [block.start_line for block in extract_fence_tests(MarkdownIt("commonmark"), page.text, 0, page.path)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}/{page.name}")
def test_every_block_is_collected(site, page):
    assert rendered(site, page) == len(collected(page)) == len(page.fences), (
        f"docs/{page.language}/{page.name}: a block is rendered that no test collects: write it as a plain ```python"
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}/{page.name}")
def test_what_is_collected_is_what_runs(page):
    """The runner goes up to the line of each block that is collected, so that none is left out."""
    assert [fence.line for fence in PageBlocks(page.path, ROOT, ROOT).waiting] == collected(page)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_pages_have_the_very_same_blocks_in_each_language(language):
    """So the English ones run for all."""
    pages = Repository().pages
    for name, page in pages[language].items():
        english = [fence.includes for fence in pages["en"][name].fences]
        assert [fence.includes for fence in page.fences] == english, f"docs/{language}/{name}: take the English blocks"


def run(repository, line: int) -> PageBlocks:
    blocks = PageBlocks(repository.english, repository.root, repository.root)
    blocks.run_up_to(line)
    return blocks


def test_blocks_share_one_namespace(repository):
    assert run(repository, 17).executed == 2


def test_a_failing_block_is_named_with_its_true_line(repository):
    replace(repository.story, "assert one == 1", "assert one == 2")
    with pytest.raises(AssertionError) as failure:
        run(repository, 17)
    first_line = explain("docs/en/chapter/one-thing.md", 17, failure.value, repository.root).splitlines()[0]
    assert first_line == (
        "docs/en/chapter/one-thing.md:17: snippets/chapter/one_thing.py:9: AssertionError: assert one == 2; "
        "run it: python -m snippets.chapter.one_thing"
    )


def test_a_syntax_error_is_named_with_its_true_line(repository):
    replace(repository.story, "assert one == 1", "assert one ==")
    with pytest.raises(SyntaxError) as failure:
        run(repository, 17)
    assert explain("docs/en/chapter/one-thing.md", 17, failure.value, repository.root).startswith(
        "docs/en/chapter/one-thing.md:17: snippets/chapter/one_thing.py:9: SyntaxError: "
    )


def test_blocks_below_a_failed_one_say_so(repository):
    replace(repository.story, "one = 1", "one = 1 / 0")
    blocks = PageBlocks(repository.english, repository.root, repository.root)
    with pytest.raises(ZeroDivisionError):
        blocks.run_up_to(9)
    with pytest.raises(EarlierBlockFailed, match="line 9 failed"):
        blocks.run_up_to(17)


def test_a_block_that_needs_a_server_waits_for_the_database_runs(repository, monkeypatch):
    replace(repository.story, '"""\n', '"""\n\n# needs mariadb\n')
    replace(repository.story, "assert one == 1", "assert one == 2")
    assert run(repository, 17).executed == 2
    monkeypatch.setattr(variants, "here", lambda: "mariadb")
    with pytest.raises(AssertionError):
        run(repository, 17)


def test_an_include_that_leads_nowhere(repository):
    replace(repository.english, "one_thing.py:more", "one_thing.py:less")
    with pytest.raises(SnippetError) as failure:
        run(repository, 17)
    assert explain("docs/en/chapter/one-thing.md", 17, failure.value, repository.root) == (
        "docs/en/chapter/one-thing.md:17: SnippetError: no section 'less' in snippets/chapter/one_thing.py "
        "(there: setup, more): mend the include\n"
    )


def test_pages_run_without_this_repository():
    """What a page shows must not import from the repository: a reader has only what is blocks."""
    for page in PAGES:
        for fence in page.fences:
            for include in fence.includes:
                _, code = source(ROOT / "snippets", include)
                assert "from snippets" not in code, f"{page.path}:{fence.line}: {include} imports from this repository"
