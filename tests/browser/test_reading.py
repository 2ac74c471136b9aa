"""Reading: the language switch, the color schemes, copying, and life without JavaScript."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE

PAGE = "flush-and-commit/flush-versus-commit/"


def test_the_switch_stays_on_the_page_and_the_heading(visit, address):
    page = visit(PAGE)
    heading = page.locator("article h2").nth(1).get_attribute("id")
    page.goto(f"{address}/{PAGE}#{heading}")
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/zh/{PAGE}#{heading}"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/{PAGE}#{heading}"


def test_the_switch_follows_the_scroll(visit, address):
    page = visit(PAGE)
    page.wait_for_timeout(500)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 2500)
    page.wait_for_timeout(1500)  # the theme notes the heading once one rests
    heading = page.url.partition("#")[2]
    assert heading
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url == f"{address}/zh/{PAGE}#{heading}"


def test_the_scheme_can_be_chosen_and_is_kept(visit, address):
    page = visit("")
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    chosen = page.evaluate("document.body.getAttribute('data-md-color-scheme')")
    assert chosen == "slate"
    page.goto(f"{address}/{PAGE}")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"


def test_a_page_reads_without_javascript(visit):
    page = visit(PAGE, viewport=PHONE, javascript=False)
    assert page.locator("article pre code").first.is_visible() or page.locator("details.setup").first.is_visible()
    page.locator("details.setup > summary").first.click()
    assert page.locator("details.setup pre").first.is_visible()
    assert page.locator(".language-switch").is_visible()


def test_code_is_copied_whole(visit):
    page = visit(PAGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = page.locator("article > .highlight").first
    block.hover()
    block.locator("button").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("code").inner_text().strip()
    assert page.complaints == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_tab_reaches_what_scrolls_and_nothing_else(visit, viewport):
    page = visit(PAGE, viewport=viewport)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    for _ in range(2):  # before and after the theme has seen the end of the page
        page.wait_for_timeout(500)
        wrong = page.locator("article .md-typeset__scrollwrap, article pre > code").evaluate_all(
            "all => all.filter(one => (one.scrollWidth > one.clientWidth) !== (one.tabIndex === 0)).length"
        )
        assert wrong == 0
        page.evaluate("scrollTo(0, document.body.scrollHeight)")


def test_colors_change_at_once(visit):
    page = visit("")
    page.evaluate(
        "new MutationObserver(changes => { window.marked = changes.length })"
        ".observe(document.body, { attributeFilter: ['data-md-color-switching'] })"
    )
    page.locator("label[for=__palette_1]:visible, label[for=__palette_0]:visible").first.click()
    page.wait_for_function("window.marked > 0")  # the theme's mark, under which nothing fades


def test_a_missing_page_leads_back(visit, address):
    page = visit("404.html")
    links = page.locator("article a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert links == ["/session/", "/session/zh/"]
