"""Keys and focus: what Tab reaches, what the space bar switches, and letters that turn no page."""

import re

import pytest

from tests.browser.conftest import PHONE, use

PAGE = "states/five-states/"
SCHEME = "document.body.getAttribute('data-md-color-scheme')"


def test_links_of_headings_are_no_stops_of_tab_but_lead_there(visit, address):
    page = visit(PAGE)
    links = page.locator("article .headerlink")
    assert links.count() > 3
    assert links.evaluate_all("all => all.filter(one => one.tabIndex >= 0).length") == 0
    heading = page.locator("article h2").first
    heading.hover()
    heading.locator(".headerlink").click()
    name = heading.get_attribute("id")
    assert page.url == f"{address}/{PAGE}#{name}"
    contents = page.locator(f".md-nav--secondary a[href='#{name}']")
    assert contents.first.evaluate("one => one.tabIndex") == 0, "the keyboard has no way to the address of a heading"


@pytest.mark.parametrize("path", ["", PAGE, "zh/errors/"])
def test_the_first_stop_leads_to_the_text(visit, path):
    page = visit(path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("md-skip")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")


def test_the_space_bar_switches_colors_back_and_forth(visit):
    page = visit(PAGE)
    use(page)
    page.locator(".md-option").first.focus()
    for scheme in "slate", "default", "slate":
        page.keyboard.press("Space")
        page.wait_for_function(f"{SCHEME} === '{scheme}'")
    assert page.evaluate("scrollY") == 0, "the space bar also scrolls the page"


def test_the_space_bar_opens_a_group_of_the_menu(visit):
    page = visit("errors/pending-rollback/", viewport=PHONE)
    use(page)
    page.get_by_role("button", name="Menu").press("Space")
    label = page.locator("label.md-nav__link[tabindex='0']:visible").first
    label.wait_for()
    box = page.locator(f"[id='{label.get_attribute('for')}']")
    before = box.is_checked()
    label.focus()
    page.keyboard.press("Space")
    assert box.is_checked() is not before


@pytest.mark.parametrize("inside", [False, True], ids=["on the page", "in a stepper"])
def test_letters_turn_no_page(visit, inside):
    page = visit(PAGE)
    use(page)
    if inside:
        page.locator(".stepper").first.scroll_into_view_if_needed()
        page.locator(".stepper .next").first.focus()
    at = page.url
    for key in "np,.":
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    assert page.url == at


@pytest.mark.parametrize("path", ["", "zh/"])
def test_cards_leave_no_hole_at_any_width(visit, path):
    page = visit(path)
    for width in range(320, 1921, 80):
        page.set_viewport_size({"width": width, "height": 800})
        for kind in "cards", "pairs":
            rights = page.locator(f".{kind} > ul > li").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect()).map(({ top, right }) => [top, right])"
            )
            last = max(right for top, right in rights if top == rights[-1][0])
            assert last == max(right for _, right in rights), f".{kind} has a hole at {width} px: mend its columns"


BROKEN = r"""() => {
    const found = new Set();
    for (const head of document.querySelectorAll("article table :is(th, .levels td)")) {
        const walk = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const text = walk.currentNode, folded = text.parentElement.closest("details:not([open])");
            if (folded && !text.parentElement.closest("summary")) continue;
            for (const word of text.data.matchAll(/[A-Za-z\u00ad]{2,}/g)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const upright = getComputedStyle(text.parentElement).writingMode !== "horizontal-tb";
                const lines = [...range.getClientRects()].map(({ top, left }) => Math.round(upright ? left : top));
                if (new Set(lines).size > 1) found.add(word[0].replaceAll("\u00ad", ""));
            }
        }
    }
    return [...found];
}"""


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize(
    "path", ["flush-and-commit/anomalies/", "reference/isolation/", "reference/cascades/", "states/transitions/"]
)
def test_heads_of_tables_do_not_break_inside_words(visit, path, width):
    for language in "", "zh/":
        page = visit(language + path, viewport={"width": width, "height": 740})
        assert page.evaluate(BROKEN) == [], f"{language}{path} at {width} px: give the column more room, or less text"


def test_the_page_is_copied_as_markdown(visit, site):
    page = visit(f"zh/{PAGE}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="复制本页的 Markdown")
    button.click()
    page.locator(".copy-page [role=status]", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (site / "zh" / PAGE / "index.md").read_text("utf-8")
    assert page.complaints == []


def test_where_the_clipboard_is_refused_the_text_is_shown(visit, address):
    page = visit(PAGE)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error()); }")
    with page.expect_request(re.compile(r"index\.md$")) as asked:
        page.locator(".copy-page").click()
    assert asked.value.url == f"{address}/{PAGE}index.md"
