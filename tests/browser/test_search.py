"""Search in a real browser, in both languages: words from the middle of sentences, names, error texts."""

import re

import pytest

from tests.browser.conftest import PHONE

ANSWER = re.compile(r"\d|No matching|没有|一个")  # what the theme says once it has searched


def search(page, query: str) -> list[str]:
    """Type a query and return the paths of the pages found, best first."""
    page.locator(".md-search__input").click(force=True)
    page.locator(".md-search__input").fill(query)
    page.keyboard.press("End")  # the theme searches on keyup
    page.locator(".md-search-result__meta").filter(has_text=ANSWER).wait_for()
    page.wait_for_timeout(300)  # the list is drawn after the count
    links = page.locator(".md-search-result__item > a").evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)"
    )
    return list(dict.fromkeys(link.split("/session/")[1].removeprefix("zh/").strip("/") for link in links))


@pytest.mark.parametrize(
    "query, expected",
    [
        ("identity map", "sessions/identity-map"),
        ("scoped_session", "contexts/threads"),
        ("PendingRollbackError", "errors/pending-rollback"),
        ("DetachedInstanceError", "errors/detached-instance"),
        ("selectinload", "relationships/loading"),
        ("sessionmaker", "sessions/open-and-close"),
        ("no_autoflush", "flush-and-commit/autoflush"),
        ("delete-orphan", "relationships/cascades"),
        ("raised as a result of Query-invoked autoflush", "flush-and-commit/autoflush"),
        ("test_client", "contexts/flask"),
        ("what is a session", "sessions/what-is-a-session"),
        ("MissingGreenlet: greenlet_spawn has not been called", "errors/missing-greenlet"),
        ("could not serialize access due to concurrent update", "flush-and-commit/isolation"),
    ],
)
def test_english(visit, query, expected):
    assert expected in search(visit(""), query)[:3]


@pytest.mark.parametrize(
    "query, expected",
    [
        ("标识映射", "sessions/identity-map"),
        ("刷写和提交有什么区别", "flush-and-commit/flush-versus-commit"),
        ("数据库被锁", "flush-and-commit/flush-versus-commit"),
        ("懒加载", "relationships/loading"),
        ("连接池", "sessions/engine-pool-session"),
        ("注册表", "contexts/threads"),
        ("对象状态", "states/five-states"),
        ("过期", "states/expire-and-refresh"),
        ("自动刷写", "flush-and-commit/autoflush"),
        ("回滚", "flush-and-commit/rollback"),
        ("级联", "relationships/cascades"),
        ("预加载", "relationships/loading"),
        ("游离", "states/five-states"),
        ("看着无害的循环", "relationships/loading"),
        ("令牌不同", "sessions/identity-map"),
        ("驱动不再自作主张", "sessions/engine-pool-session"),
        ("替每个作用域记住", "contexts/threads"),
        ("PendingRollbackError", "errors/pending-rollback"),
        ("scoped_session", "contexts/threads"),
    ],
)
def test_chinese(visit, query, expected):
    assert expected in search(visit("zh/"), query)[:4]


@pytest.mark.parametrize("query", ["会话", "事务", "提交"])
def test_two_characters_are_searched_as_a_word(visit, query):
    page = visit("zh/")
    search(page, query)
    marked = page.locator(".md-search-result mark").all_text_contents()
    assert marked and all(word.startswith(query) for word in marked)


def test_each_language_finds_its_own_pages(visit):
    page = visit("zh/")
    search(page, "session")
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.pathname)")
    assert links and all("/zh/" in link for link in links)


def test_a_result_leads_to_its_section(visit):
    page = visit("")
    search(page, "PendingRollbackError")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_load_state()
    assert "PendingRollbackError" in page.locator("article").inner_text()
    assert page.complaints == []


def test_the_index_is_fetched_when_search_opens(visit):
    page = visit("", viewport=PHONE)
    page.wait_for_timeout(300)
    assert not [url for url in page.requests if url.endswith("search_index.json")]
    with page.expect_request("**/search_index.json"):
        page.get_by_role("button", name="Search").click()
    assert len([url for url in page.requests if url.endswith("search_index.json")]) == 1
    assert "flush-and-commit/rollback" in search(page, "PendingRollbackError")
