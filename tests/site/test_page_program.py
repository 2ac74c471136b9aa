"""The program of a page: its blocks as they stand in the built page are the code that the tests run, in order."""

import re
from html import unescape

import markdown
import pytest

from tools.content import snippets
from tools.content.repository import ROOT, Repository
from tools.site import playground

BLOCK = re.compile(r'<div class="language-python highlight"><pre><code>(.*?)</code></pre></div>', re.DOTALL)
PAGES = [(page.language, page.name) for page in Repository(ROOT).all_pages if page.fences]


def built_html(site, language: str, name: str) -> str:
    folder = site if language == "en" else site / language
    return (folder / re.sub(r"(^|/)index$", "", name.removesuffix(".md")) / "index.html").read_text("utf-8")


def code_of(page) -> str:
    """The code of all includes of a page, without the empty lines that keep it where it stands in its snippet."""
    code = [snippets.source(ROOT / "snippets", include)[1] for fence in page.fences for include in fence.includes]
    return "\n".join(line for part in code for line in part.splitlines() if line)


@pytest.mark.parametrize("language, name", PAGES, ids=lambda value: value)
def test_the_blocks_of_a_page_are_what_the_tests_run(site, language, name):
    blocks = BLOCK.findall(built_html(site, language, name))
    program = unescape(re.sub("<[^>]+>", "", "\n".join(blocks)))
    expected = code_of(Repository(ROOT).pages[language][name])
    shown = "\n".join(line for line in program.splitlines() if line)
    assert shown == expected, f"docs/{language}/{name}: the copy of all its blocks is not what the tests run"


@pytest.mark.parametrize("language, title", [("en", "All blocks on this page"), ("zh", "本页的所有代码块")])
def test_it_is_offered_once_before_the_setup(site, language, title):
    html = built_html(site, language, "states/five-states.md")
    assert html.count('class="page-program"') == 1
    assert html.index(title) < html.index('class="setup"')
    assert 'download="five_states.py"' in html


def test_a_page_without_blocks_offers_nothing(site):
    html = built_html(site, "en", "states/quiz.md")
    assert "page-program" not in html and "comments-key" not in html


@pytest.mark.parametrize("language, link", [("en", "How to read the examples"), ("zh", "例子怎么读")])
def test_a_page_with_checked_comments_says_once_what_they_are(site, language, link):
    html = built_html(site, language, "states/five-states.md")
    assert html.count('class="comments-key"') == 1
    assert f'<a href="../../start/how-to-read/">{link}</a>' in html
    for page in ("index.md", "start/first-session.md", "start/how-to-read.md"):
        assert "comments-key" not in built_html(site, language, page), f"{page} says it at length"


def render(repository, text: str) -> str:
    options = {"language": "en", "page": "chapter/one-thing.md", "root": str(repository.root)}
    more = ["pymdownx.snippets", "pymdownx.blocks.details"]
    configs = {
        "pymdownx.snippets": {"base_path": [str(repository.snippets)]},
        "tools.site.extension": options,
    }
    return markdown.markdown(text, extensions=[*more, "tools.site.extension"], extension_configs=configs)


@pytest.fixture
def on_a_server(repository) -> str:
    """A block that runs on PostgreSQL only."""
    server = repository.snippets / "chapter" / "server.py"
    server.write_text("# needs postgresql\n\nimport os\n", "utf-8")
    return '```python\n--8<-- "chapter/server.py"\n```\n'


def test_a_block_that_needs_a_server_is_left_out(repository, on_a_server):
    blocks = f'```python\n--8<-- "chapter/one_thing.py:setup"\n```\n\n{on_a_server}'
    assert 'data-skip="1"' in render(repository, blocks)


def test_where_each_block_needs_a_server_none_is_left_out(repository, on_a_server, monkeypatch):
    monkeypatch.setattr(playground, "manifest", lambda: {"program": {}})
    html = render(repository, f"{on_a_server}\n{on_a_server}")
    assert "data-skip" not in html, "the program would be empty"
    assert "play/" not in html, "the playground has no server"
    assert "play/" in render(repository, '```python\n--8<-- "chapter/one_thing.py:setup"\n```\n')


@pytest.mark.parametrize("colon", [":", "："])
def test_it_does_not_come_between_a_block_and_the_sentence_that_introduces_it(repository, colon):
    block = '```python\n--8<-- "chapter/one_thing.py:setup"\n```\n'
    introduced = render(repository, f"Before.\n\nThis program\nsaves{colon}\n\n{block}")
    assert introduced.index("Before.") < introduced.index("page-program") < introduced.index("This program")
    apart = render(repository, f"Before.\n\nThis saves.\n\n{block}")
    assert apart.index("This saves.") < apart.index("page-program")
