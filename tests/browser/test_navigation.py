"""The chapters are one step away: as tabs on a wide screen, in the menu of a phone."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE

PAGE = "states/quiz/"


@pytest.mark.parametrize(("path", "chapter"), [("", "Relationships"), ("zh/", "关系")])
def test_on_a_wide_screen_they_are_tabs_that_scroll_away(visit, path, chapter):
    page = visit(path + PAGE, viewport=DESKTOP)
    tab = page.locator(".md-tabs").get_by_role("link", name=chapter)
    assert tab.is_visible() and page.locator(".md-tabs__item--active").count() == 1
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(600)
    assert not tab.is_visible() or tab.bounding_box()["y"] < 0
    page.evaluate("scrollTo(0, 0)")
    tab.click()
    page.wait_for_load_state()
    assert page.url.endswith(f"/{path}relationships/one-to-many/")


@pytest.mark.parametrize("path", ["", "zh/"], ids=["en", "zh"])
def test_on_a_phone_they_are_one_step_back_in_the_menu(visit, path):
    page = visit(path + PAGE, viewport=PHONE)
    page.locator("button[data-toggle=__drawer]").click()
    own = page.locator(".md-nav--primary .md-nav__link--active:visible")
    own.first.wait_for()
    page.locator(".md-nav__title[for^=__nav_]:visible").first.click()
    page.locator(".md-nav__item--pruned > a:visible").first.wait_for()
    page.wait_for_timeout(400)  # it slides
    page.locator(".md-nav__item--pruned > a:visible").last.click()
    page.wait_for_load_state()
    assert f"/{path}errors/" in page.url
    assert page.complaints == []
