"""Search in a real browser: the list of queries, keys, focus, what screen readers are told, and nothing found."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_every_page import violations
from tools.content.repository import ROOT

QUERIES = Path(__file__).with_name("search_queries.toml")
KINDS = tomllib.loads(QUERIES.read_text("utf-8"))
WAITING = KINDS.pop("waiting")
FIRST = 3  # results among which an answer is to stand
ANSWERED = 0.95  # of the queries

FIND = """async (queries) => {
    const { complete } = await import(new URL("assets/search.js", document.baseURI));
    const { engine } = await complete();
    return queries.map((query) => engine.search(query).results.map(({ url }) => url));
}"""


def answers(page, queries: list[str]) -> list[list[str]]:
    """The pages that are found for each query, best first."""
    found = page.evaluate(FIND, queries)
    return [[url.partition("#")[0].removeprefix("./").rstrip("/") or "index" for url in urls] for urls in found]


@pytest.mark.parametrize(("language", "path"), [("en", ""), ("zh", "zh/")])
def test_queries_are_answered(visit, language, path):
    expected = [(kind, query, pages) for kind, queries in KINDS[language].items() for query, pages in queries.items()]
    found = answers(visit(path), [query for _, query, _ in expected])
    counts: dict[str, list[int]] = {}
    missed = []
    for (kind, query, pages), urls in zip(expected, found, strict=True):
        count = counts.setdefault(kind, [0, 0])
        count[1] += 1
        if set(pages) & set(urls[:FIRST]):
            count[0] += 1
        else:
            missed.append(f"{kind}: {query}: {', '.join(urls[:FIRST]) or 'nothing'} instead of {' or '.join(pages)}")
    good, total = (sum(count[number] for count in counts.values()) for number in (0, 1))
    said = ", ".join(f"{kind} {one} of {of}" for kind, (one, of) in counts.items())
    print(f"{language}: {good} of {total} answered within the first {FIRST}: {said}")
    assert good >= ANSWERED * total, "\n".join(
        [f"{said}: add keywords to the pages, or mend docs/assets/search/", *missed]
    )


def test_the_list_names_pages_that_exist():
    assert sum(len(queries) for kinds in KINDS.values() for queries in kinds.values()) >= 100
    for language, kinds in KINDS.items():
        for queries in kinds.values():
            for query, pages in queries.items():
                gone = [page for page in pages if not (ROOT / "docs" / language / f"{page}.md").is_file()]
                assert not gone, f"{QUERIES.name}: {query}: {gone} are no pages: name those that answer it"
    for language, queries in WAITING.items():
        for query, pages in queries.items():
            there = [page for page in pages if (ROOT / "docs" / language / f"{page}.md").is_file()]
            assert not there, f"{QUERIES.name}: {query}: {there} exist: move the query from [waiting.{language}]"


def opened(page, viewport=DESKTOP):
    """The field of the search box, opened by its button."""
    page.get_by_role("button", name="Search" if "/zh/" not in page.url else "搜索").click()
    return page.locator("dialog.search input")


def results(page):
    page.locator(".search-results a").first.wait_for()
    return page.locator(".search-results a")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_is_fetched_before_the_box_opens(visit, viewport):
    page = visit("", viewport=viewport)
    page.wait_for_timeout(300)
    assert not [url for url in page.requests if "/search/" in url or "minisearch" in url]
    opened(page).fill("PendingRollbackError")
    assert "PendingRollbackError" in results(page).first.inner_text()
    fetched = [url for url in page.requests if "/search/" in url]
    assert len(fetched) == len(set(fetched))
    assert page.complaints == []


@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "/"])
def test_keys_open_it_and_escape_returns_the_focus(visit, key):
    page = visit("flush-and-commit/rollback/")
    link = page.locator("article a[href]").nth(3)
    link.focus()
    page.keyboard.press(key)
    page.locator("dialog.search[open] input:focus").wait_for()
    page.keyboard.type("flush")
    page.keyboard.press("Escape")
    assert not page.locator("dialog.search").evaluate("box => box.open")
    assert link.evaluate("link => link === document.activeElement")
    page.keyboard.press(key)
    assert page.locator("dialog.search input").input_value() == "flush", "what was typed is kept"
    assert page.evaluate("getSelection().toString()") == "flush", "and may be typed over"


def test_the_button_gets_the_focus_back(visit):
    page = visit("", viewport=PHONE)
    opened(page)
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("document.activeElement.className") == "search-open"


def test_a_slash_may_be_typed(visit):
    page = visit("reference/states/")
    field = opened(page)
    field.press("/")
    assert field.input_value() == "/"


def test_arrow_keys_and_enter(visit):
    page = visit("")
    field = opened(page)
    field.fill("rollback")
    count = results(page).count()
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowUp", count - 1)):
        page.keyboard.press(key)
        at = page.evaluate("[...document.querySelectorAll('.search-results a')].indexOf(document.activeElement)")
        assert at == place
    page.keyboard.press("ArrowDown")
    assert field.evaluate("field => field === document.activeElement")
    field.fill("DetachedInstanceError")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # before the results are shown, too
    assert page.url.endswith("/errors/detached-instance/")


def test_a_result_opens_its_section(visit):
    page = visit("")
    opened(page).fill("lost update version counter")
    link = results(page).first
    assert link.locator(".search-title").inner_text() and link.locator(".search-heading").inner_text()
    assert link.locator(".search-context mark").count()
    with page.expect_navigation():
        link.click()
    page.wait_for_load_state()
    anchor = page.evaluate("location.hash.slice(1)")
    assert page.locator(f"article #{anchor}").count() == 1
    assert page.complaints == []


def test_a_section_of_the_page_itself_closes_the_box(visit):
    page = visit("flush-and-commit/deadlocks/")
    opened(page).fill("two transfers deadlock")
    results(page).first.click()
    page.wait_for_url("**/deadlocks/#deadlock")
    assert not page.locator("dialog.search").evaluate("box => box.open")


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [("", "kubernetes", "Nothing found."), ("zh/", "量子力学", "没有找到相关页面。")],
)
def test_where_nothing_is_found_there_are_ways_on(visit, address, path, query, said):
    page = visit(path)
    opened(page).fill(query)
    page.locator("dialog.search [role=status]").filter(has_text=said).wait_for()
    links = page.locator(".search-nothing a").evaluate_all("links => links.map((link) => link.href)")
    assert f"{address}/{path}errors/" in links and f"{address}/{path}start/first-session/" in links
    assert links[-1].endswith("/issues/new")


@pytest.mark.parametrize(("path", "said"), [("", "pages found"), ("zh/", "个页面")])
def test_what_is_found_is_announced(visit, path, said):
    page = visit(path)
    opened(page).fill("session")
    status = page.locator("dialog.search [role=status]")
    status.filter(has_text=said).wait_for()
    assert "12" in status.inner_text()


@pytest.mark.parametrize(
    ("path", "typed", "nearest"),
    [("", "sesionmaker", "sessionmaker"), ("zh/", "sesionmaker", "sessionmaker"), ("", "autofluch", "autoflush")],
)
def test_the_nearest_name_is_offered(visit, path, typed, nearest):
    page = visit(path)
    opened(page).fill(typed)
    offer = page.locator(".search-note button")
    offer.wait_for()
    assert offer.inner_text().lower() == nearest
    offer.click()
    assert page.locator("dialog.search input").input_value().lower() == nearest
    offer.wait_for(state="detached")
    assert results(page).count()


def test_a_word_that_is_not_typed_to_the_end_is_not_misspelt(visit):
    page = visit("")
    opened(page).fill("autofl")
    results(page)
    assert not page.locator(".search-note button").count()


def test_each_language_finds_its_own_pages(visit):
    page = visit("zh/")
    opened(page).fill("session")
    links = results(page).evaluate_all("links => links.map((link) => link.pathname)")
    assert links and all("/zh/" in link for link in links)


def test_results_come_before_the_texts(visit):
    page = visit("")
    page.route("**/search/texts.json", lambda route: None)  # never
    opened(page).fill("autoflush")
    assert "Autoflush" in results(page).first.inner_text()


def test_an_index_that_cannot_be_loaded_is_said_and_tried_again(visit):
    page = visit("")
    page.route("**/search/headings.json", lambda route: route.abort())
    field = opened(page)
    page.locator("dialog.search [role=status]").filter(has_text="could not be loaded").wait_for()
    page.unroute("**/search/headings.json")
    field.fill("autoflush")
    results(page)


def test_the_box_is_hidden_without_scripts(visit):
    page = visit("", javascript=False)
    assert not page.locator(".search-open").is_visible() and not page.locator("dialog.search").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(("path", "queries"), [("", ["sesionmaker", "kubernetes"]), ("zh/", ["刷写", "量子力学"])])
def test_everybody_can_use_it(visit, path, queries, viewport, scheme):
    page = visit(path, scheme=scheme, viewport=viewport)
    field = opened(page)
    for query in queries:
        field.fill(query)
        page.wait_for_timeout(900)
        assert violations(page) == [], json.dumps(query)
        box = page.locator("dialog.search").bounding_box()
        assert box["width"] == viewport["width"] if viewport is PHONE else box["width"] < viewport["width"] * 0.6
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_pinyin_is_not_searched_before_it_is_characters(visit):
    page = visit("zh/")
    opened(page)
    page.locator("dialog.search [role=status]").filter(has_text="traceback").wait_for()
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "ti'jiao", "selectionStart": 7, "selectionEnd": 7})
    page.wait_for_timeout(300)
    assert not page.locator(".search-results a").count() and not page.locator(".search-note button").count()
    typing.send("Input.insertText", {"text": "提交"})
    assert "提交" in results(page).first.inner_text()
