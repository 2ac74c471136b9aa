"""The state matrix: one table at a time, and its filter, kept in the address and not in the way of links."""

from urllib.parse import urlsplit

from tests.browser.conftest import PHONE

PAGE = "reference/states/"
SHOWN = "[...document.querySelectorAll('.cells tbody tr')].filter(row => row.checkVisibility()).length"


def top(page, cell: str) -> float:
    page.wait_for_timeout(500)
    return page.locator(f"[id='{cell}']").bounding_box()["y"]


def asked(page) -> str:
    """What the address asks the filter for. Its fragment follows the heading in view, as the theme does it."""
    return urlsplit(page.url).query


def test_one_table_at_a_time_without_javascript(visit, address):
    page = visit(PAGE, viewport=PHONE, javascript=False)
    assert not page.locator(".cell-filter").is_visible()
    assert page.locator(".cells tbody tr").count() == 300
    assert page.locator(".lookup[open]").count() == 0
    page.locator(".lookup > summary").first.click()
    assert page.locator("#transient-flush").is_visible()
    page.locator(".lookup > summary").nth(1).click()
    assert page.locator("#pending-flush").is_visible()
    assert page.locator(".lookup[open]").count() == 1
    page.goto(f"{address}/{PAGE}#detached-expired-read")  # a link to a cell opens its table
    assert page.locator("#detached-expired-read").is_visible()
    assert page.locator(".lookup[open]").count() == 1


def test_an_open_table_is_printed(visit):
    page = visit(f"{PAGE}#marked-add")
    page.emulate_media(media="print")
    assert page.locator("#marked-add").is_visible()
    assert not page.locator("#transient-flush").is_visible()


def test_a_cell_is_chosen_by_keyboard_and_stays_in_the_address(visit, address):
    page = visit(PAGE)
    assert page.evaluate(SHOWN) == 0
    page.get_by_label("Starting point").focus()
    page.keyboard.type("persistent, marked")
    assert asked(page) == "start=marked"
    assert (page.evaluate(SHOWN), page.locator("output").inner_text()) == (30, "Cells shown: 30")
    page.get_by_role("combobox", name="Call").select_option("add")
    assert asked(page) == "start=marked&operation=add"
    assert page.evaluate(SHOWN) == 1
    page.locator(".language-switch").click()
    page.wait_for_load_state()
    assert page.url.startswith(f"{address}/zh/{PAGE}?") and asked(page) == "start=marked&operation=add"
    assert page.evaluate(SHOWN) == 1
    assert page.complaints == []


def test_a_link_to_a_cell_finds_it(visit, address):
    page = visit(f"{PAGE}?start=marked&operation=add#marked-add")
    assert (page.evaluate(SHOWN), 0 < top(page, "marked-add") < 200) == (1, True)
    page.goto(f"{address}/{PAGE}#detached-expired-read")
    assert 0 < top(page, "detached-expired-read") < 200


def test_a_link_to_a_hidden_cell_shows_it(visit):
    page = visit(f"{PAGE}?operation=add")
    assert page.evaluate(SHOWN) == 10
    page.evaluate("location.hash = '#pending-flush'")
    assert 0 < top(page, "pending-flush") < 200
    assert ("?" in page.url, page.evaluate(SHOWN)) == (False, 30)


def test_an_answer_is_below_a_fold_without_javascript(visit):
    page = visit("states/quiz/", javascript=False)
    answer = page.locator("#marked-add > details")
    assert not answer.locator("a").is_visible()
    answer.locator("summary").click()
    assert answer.locator("a").is_visible()
