"""The program of a page: its blocks as they stand in the built page are the code that the tests run, in order."""

import contextlib
import io
import re
from html import unescape

import markdown
import pytest

from tools.content import snippets
from tools.content.repository import ROOT, Repository
from tools.run import sandbox
from tools.site import page_program, playground
from tracer import comments, record

BLOCK = re.compile(r'<div class="language-python highlight"><pre><code>(.*?)</code></pre></div>', re.DOTALL)
OTHER_DATABASE = {  # their programs look at a second database, and what the tracer sees is the first one
    "contexts/tests-that-roll-back.md",
    "sessions/sqlite.md",
}
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


def unheld(program):
    """What comments in a program say and what does not hold, line by line."""
    source = program.read_text("utf-8")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        recording = record(source, program.name)
    return "\n".join(comments.check(source, recording) or [recording.uncaught])


@pytest.fixture(scope="module")
def page_programs(tmp_path_factory):
    """The English pages whose program has checked comments, and what does not hold of them."""
    folder, pages = tmp_path_factory.mktemp("programs"), {}
    for page in Repository(ROOT).pages["en"].values():
        blocks = [fence.includes for fence in page.fences]
        if blocks and page_program.needs_server(blocks[0], ROOT):
            continue  # tests of stories check these, on their databases
        left_out = page_program.left_out(blocks, ROOT)
        kept = [includes for number, includes in enumerate(blocks) if number not in left_out]
        code = [snippets.source(ROOT / "snippets", include)[1].strip("\n") for includes in kept for include in includes]
        if page_program.CHECKED in "".join(code):
            path = folder / page.name.replace("/", "-").replace(".md", ".py")
            path.write_text("\n\n\n".join(code), "utf-8")
            pages[path] = page.name
    return {pages[path]: found for path, found in sandbox.apart(unheld, pages, limit=60)}


def test_the_comments_hold_in_the_program_as_a_reader_copies_it(page_programs):
    """An earlier block leaves rows behind, of which a story by itself knows nothing."""
    assert len(page_programs) > 50
    wrong = []
    for name, found in page_programs.items():
        lines = str(found).splitlines() if found else []
        lines = [line for line in lines if name not in OTHER_DATABASE or '"others see' not in line]
        wrong += [f"docs/en/{name}: in the program of all blocks, line {line}" for line in lines]
    assert not wrong, "\n".join([*wrong, "Include the story's setup before the block, or say less in the comment."])


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
