"""The cells of proven tables: a table is one tab stop, arrow keys go through it, each leads to its proof."""

PAGE = "flush-and-commit/rollback/"
STOPS = "document.querySelectorAll('a.proof[tabindex=\"0\"]').length"
FOCUSED = "document.activeElement.textContent"


def opened(visit, path):
    """A page on which the theme's script, which puts tables into frames of its own, has done so."""
    page = visit(path)
    page.mouse.move(5, 5)
    page.wait_for_load_state("networkidle")
    return page


def test_a_table_is_one_tab_stop_and_arrow_keys_go_through_it(visit):
    page = opened(visit, PAGE)
    assert page.evaluate(STOPS) == 1
    page.locator("a.proof").first.focus()
    for key, text in [("ArrowDown", "persistent, changed"), ("ArrowRight", "persistent"), ("ArrowUp", "persistent")]:
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == text, key
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('a.proof')")
    page.keyboard.press("Shift+Tab")  # where it was left
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 1
    assert page.complaints == []


def test_a_cell_leads_to_the_step_that_proves_it(visit):
    page = opened(visit, PAGE)
    page.get_by_role("link", name="expired; the change is undone").click()
    shown = page.locator("#steps-rollback_takes_every_object_back .ui [aria-current]")
    shown.filter(has_text="print(ursula.name)").wait_for()
    page = opened(visit, "states/expire-and-refresh/")
    page.get_by_role("link", name="is flushed first").first.click()
    page.wait_for_load_state()
    assert "/stories/flush_and_commit/a_flush_sends_what_has_changed/#steps-" in page.url
    assert page.locator(".stepper .ui").is_visible()
    assert page.complaints == []
