"""Pages as Markdown: all that a page holds stands in its file, and nothing there needs this site's tools."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from tests.conftest import ADDRESS
from tests.site.test_links import Site
from tools.content import locale, snippets
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.site import addresses, markdown_export

PAGES = [page for page in Repository().all_pages]
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
OURS = re.compile(r"--8<--|\[\[[a-z]+\]\]|^ {0,3}/{3}|\{ ?[.#:][\w .-]+\}|class=\"|<(?!br>|https?:)/?\w", re.MULTILINE)
LARGE = 150_000  # bytes of a page: what programs that read it take at once
_markdown = MarkdownIt("commonmark").enable("table")


def folder_of(site, language: str):
    return site if language == "en" else site / language


def text_of(site, page) -> str:
    return (folder_of(site, page.language) / addresses.folder(page.name) / "index.md").read_text("utf-8")


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.language}/{page.name}")
def page(request):
    return request.param


def test_every_block_stands_in_it(site, page):
    text = text_of(site, page)
    plain = "\n".join(line.removeprefix("> ") for line in text.split("\n"))
    for section in page.sections:
        assert section.title.replace("[", "").split("](")[0] in plain
        for fence in section.fences:
            if fence.language == "text":
                assert fence.text.split("[[")[0] in plain
            for include in fence.includes:
                lines = snippets.source(ROOT / "snippets", include)[1].strip("\n").split("\n")
                code = [line for line in lines if line.strip()]
                found = re.sub(r"\n(?: *\n)+", "\n", plain)
                assert "\n".join(code) in found, f"{include} of docs/{page.language}/{page.name} is not in its Markdown"
            if fence.story:
                name = fence.story.rpartition("/")[2]
                words = locale.words(page.language, "markdown")["steps"].format(f"`{name}`")
                assert f"**{words}**\n\n- " in plain


def test_every_table_is_one_of_markdown(site, page):
    wanted = sum(len(section.tables) for section in page.sections)
    wanted += sum(
        fence.language == "table" and fence.name not in ("quiz", "matrix-filter", "isolation-names")
        for section in page.sections
        for fence in section.fences
    )
    tables = [token for token in _markdown.parse(text_of(site, page)) if token.type == "table_open"]
    assert len(tables) >= wanted


def test_nothing_in_it_is_ours_alone(site, page):
    prose = []
    for token in _markdown.parse(text_of(site, page)):
        if token.type == "inline":
            prose.append(CODE.sub("", token.content.replace("\\<", "")))
    found = OURS.search("\n".join(prose))
    assert not found, f"docs/{page.language}/{page.name}: its Markdown says {found[0]!r}: mend markdown_export.py"


def test_its_size(site, page):
    size = len(text_of(site, page).encode())
    assert 300 < size < LARGE, f"docs/{page.language}/{page.name}: {size} bytes of Markdown"


def test_every_page_has_one_that_its_html_names(site):
    for html in site.rglob("index.html"):
        text = html.read_text("utf-8")
        assert (html.parent / "index.md").is_file(), html
        address = ADDRESS + (html.parent.relative_to(site).as_posix() + "/").removeprefix("./")
        assert f'type="text/markdown" href="{address}index.md"' in text, html


def test_every_link_in_it_is_whole_and_leads_somewhere(site):
    built = Site(site)
    faults = []
    for path in [*site.rglob("*.md"), *site.rglob("llms.txt")]:
        for token in _markdown.parse(path.read_text("utf-8")):
            for child in token.children or ():
                for link in filter(None, (child.attrGet("href"), child.attrGet("src"))):
                    fault = "" if link.startswith("https://") else "is not whole"
                    if link.startswith(ADDRESS):
                        fault = built._fault(path.relative_to(site).as_posix(), link)
                    if fault:
                        faults.append(f"{path.relative_to(site)}: {link} {fault}")
    assert not faults, "\n".join(faults[:20])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_json_of_a_table_says_what_the_page_shows(site, language):
    folder = folder_of(site, language)
    files = sorted((folder / "assets" / "tables").glob("*.json"))
    assert len(files) > 50
    assert {path.name.split(".")[1] for path in files} == {language}
    for path in files:
        data = json.loads(path.read_text("utf-8"))
        page = folder / data["page"].removeprefix(ADDRESS).removeprefix("zh/")
        html = (page / "index.html").read_text("utf-8")
        assert html.count(f'assets/tables/{path.name}"') == 1, path
        text = (page / "index.md").read_text("utf-8")
        for table in data["tables"]:
            width = len(table["columns"])
            assert (
                width and [row for group in table["groups"] for row in group["rows"]] or path.name.startswith("changes")
            )
            for group in table["groups"]:
                for row in group["rows"]:
                    assert len(row) == width, f"{path.name}: {row}"
                    line = " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in row)
                    assert f"| {line} |" in text


def test_a_known_table(site):
    data = json.loads((site / "assets/tables/matrix-pending.en.json").read_text("utf-8"))
    (table,) = data["tables"]
    rows = {row[0]: row[1:] for group in table["groups"] for row in group["rows"]}
    assert rows["`session.expunge(author)`"][0] == "transient\npending_to_transient"
    assert table["columns"] == ["call", "`author` afterwards", "what it does"]


WORDS = {"address": "At {}", "setup": "Setup", "steps": "Steps of {}"}


def markdown(text: str, *drawings: str) -> str:
    return markdown_export.page_markdown("chapter/page.md", text, list(drawings), "https://x.example/s/", WORDS)


def test_links_are_whole_and_code_is_left_alone():
    text = "See [a](../other/b.md#c), [`d[0]`](#e){.md-button}, `[f](g.md){ .h }`, ![alt](/../x.svg).\n"
    assert markdown(text) == (
        "At <https://x.example/s/chapter/page/>\n\nSee [a](https://x.example/s/other/b/#c), "
        "[`d[0]`](https://x.example/s/chapter/page/#e), `[f](g.md){ .h }`, ![alt](https://x.example/x.svg).\n"
    )


def test_blocks_are_quotes_and_setup_is_bold():
    text = "# A {#a}\n\n/// tip | In short\n- one\n\n```python\nx = 1\n```\n///\n\n"
    text += "/// setup\n```plain\ny\n\n\nz\n```\n///\nEnd\n"
    assert markdown(text) == (
        "# A\n\nAt <https://x.example/s/chapter/page/>\n\n"
        "> **In short**\n>\n> - one\n>\n> ```python\n> x = 1\n> ```\n\n"
        "**Setup**\n\n```python\ny\n\n\nz\n```\n\nEnd\n"
    )


def test_cells_keep_their_words_without_the_link_to_their_proof():
    row = '| [`a[0]`](#steps-x-1){ .proof }<br>[<b class="state-pending">pending</b>](../y/#z){ .proof } | [b](c.md) |'  # noqa: E501
    assert "| `a[0]`<br>pending | [b](https://x.example/s/chapter/c/) |" in markdown(row)
    row = "| [`b()`](c.md) | [yes](#steps-x-1){ .proof } |"
    assert "| [`b()`](https://x.example/s/chapter/c/) | yes |" in markdown(row)


def test_fences_are_drawn_in_their_order():
    text = '```steps story="a.py"\n```\n\n```table name="t"\n```\n\n```table name="none"\n```\n'
    assert markdown(text, "STEPS", "TABLE", "").endswith("\n\nSTEPS\n\nTABLE\n")


@pytest.mark.parametrize(("file", "language"), [("mkdocs.yml", "en"), ("mkdocs.zh.yml", "zh")])
def test_setup_is_called_as_on_the_page(file, language):
    assert locale.words(language, "markdown")["setup"] in (ROOT / file).read_text("utf-8"), (
        f"{file} calls setup otherwise than locale/{language}.toml: give both the same words"
    )
