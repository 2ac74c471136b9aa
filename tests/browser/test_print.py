"""A page on paper: each stepper is a still frame and the listing, the setup is there, nothing that is pressed."""

import re

import pytest

PAGE = "flush-and-commit/flush-versus-commit/"


@pytest.fixture
def paper(visit):
    """A page as it is printed."""

    def print_page(path: str, **options):
        page = visit(path, **options)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        return page

    return print_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_stepper_is_a_still_frame_and_the_listing(paper, scheme):
    page = paper(f"zh/{PAGE}", scheme=scheme)
    steppers = page.locator(".stepper:has(> script):visible")
    assert steppers.count() > 1
    assert steppers.locator(".paper > .still:visible").count() == steppers.count(), "the far ones have one, too"
    assert steppers.locator("> ol:visible").count() == steppers.count()
    assert "另一个连接看到" in steppers.first.locator(".still").inner_html()
    width = "(svg) => svg.getBoundingClientRect().width / svg.closest('.stepper').clientWidth"
    assert steppers.first.locator(".still").evaluate(width) > 0.9
    ground = "(one) => getComputedStyle(one, null).colorScheme"
    assert steppers.first.evaluate(ground) == "light"
    assert page.complaints == []


def test_the_frame_is_the_step_that_is_shown(paper, visit):
    opened = paper(PAGE).locator(".still").first.inner_html()
    page = visit(PAGE)
    page.locator(".stepper").first.scroll_into_view_if_needed()
    page.locator(".stepper .next").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".still").first.inner_html() != opened


def test_the_setup_is_printed_and_no_control_is(paper):
    for path in (PAGE, "reference/states/", "states/quiz/"):
        page = paper(path)
        if path != "states/quiz/":
            assert page.locator("article details.setup pre:visible").count() >= 1
        pressed = "article :is(button, input, select, form, .modes, .bar, .page-program, .md-content__button):visible"
        assert page.locator(pressed).count() == 0


def test_rows_cards_and_short_programs_are_not_cut(paper):
    """Paper is cut where a page ends; what may be cut, a browser says of each element."""
    for path, parts in (
        ("zh/", ".cards li, .pairs li, article tr"),
        ("errors/", "article tr"),
        ("reference/isolation/", "article tr, .matrix"),
        ("reference/states/", ".cells tr"),
        ("flush-and-commit/rollback/", "article > .highlight pre, article > [class^=language] pre"),
    ):
        found = paper(path).locator(parts).evaluate_all("all => all.map((one) => getComputedStyle(one).breakInside)")
        assert found and set(found) == {"avoid"}, f"{path}: {parts}"


def test_where_no_history_is_known_nothing_is_ruled_off(paper):
    page = paper("zh/errors/")
    facts = page.locator(".page-facts")
    assert facts.is_visible() is (facts.locator("> :not(a)").count() > 0)


def test_no_page_is_blank(visit):
    """The page holds tabs, whose columns would wrap into many empty pages."""
    pdf = visit(f"zh/{PAGE}", scheme="dark").pdf(format="A4")
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert pages < 40, f"{pages} pages: look at them for empty ones"
