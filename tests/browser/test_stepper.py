"""The stepper in a real browser: by mouse, keyboard and link, without JavaScript, on paper and on a phone."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE

PAGE = "flush-and-commit/flush-versus-commit/"
STORY = "steps-only_commit_shows_a_row"


@pytest.fixture
def opened(visit):
    """Open a page at a step of the story: opened(step, ...) returns the page and the story's stepper."""

    def open_step(step: int = 1, path: str = PAGE, **options):
        page = visit(f"{path}#{STORY}-{step}", **options)
        stepper = page.locator(f"#{STORY}")
        if options.get("javascript", True):
            stepper.locator(".ui").wait_for()
        return page, stepper

    return open_step


def at(stepper) -> int:
    return int(stepper.locator(".bar a").inner_text().split("/")[0])


def step_of(stepper, code: str) -> int:
    """The number of the first stop whose line holds `code`."""
    codes = stepper.locator(":scope > ol > li[id] > code").all_text_contents()
    return next(number for number, text in enumerate(codes, 1) if code in text)


def test_others_see_the_row_at_commit_and_not_at_flush(opened):
    page, stepper = opened()
    others = stepper.locator(".panels .t ul")
    for code, row in (("writer.flush()", False), ("writer.commit()", True)):
        page.evaluate("hash => { location.hash = hash }", f"{STORY}-{step_of(stepper, code)}")
        stepper.locator("[aria-current]", has_text=code).wait_for()
        assert ("Ursula" in others.inner_text()) == row
        assert ("no rows" in others.inner_text()) != row
    assert "COMMIT" in stepper.locator(".panels .sql").inner_text()
    assert page.complaints == []


def test_every_step_shows_what_the_listing_says(opened):
    page, stepper = opened()
    sentences = stepper.locator(":scope > ol > li[id] > p").all_text_contents()
    seen = []
    for _ in sentences:
        seen.append(stepper.locator(".told").text_content())
        stepper.locator(".bar .next").click(force=True)
    assert all(told.endswith(sentence) for told, sentence in zip(seen, sentences, strict=True))
    assert stepper.locator(".bar .next").get_attribute("aria-disabled") == "true"
    assert page.complaints == []


def test_each_step_names_its_task_and_the_block_that_it_leaves(visit):
    story = "steps-each_task_opens_a_session"
    page = visit(f"contexts/asyncio/#{story}-1")
    stepper = page.locator(f"#{story}")
    stepper.locator(".ui").wait_for()
    notes = set()
    for _ in range(stepper.locator(":scope > ol > li[id]").count()):
        note = stepper.locator(".told small")
        notes.add(note.inner_text() if note.count() else "")
        stepper.locator(".bar .next").click(force=True)
    assert {"", "task1", "task2", "task3", "task2 · leaving the block"} <= notes


def test_by_keyboard(opened):
    page, stepper = opened()
    last = stepper.locator(":scope > ol > li[id]").count()
    stepper.locator(".lines").focus()
    keys = ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft", "End", "Home"]
    for key, step in zip(keys, [2, 3, 2, 1, 1, last, 1], strict=True):
        page.keyboard.press(key)
        assert at(stepper) == step, key
    stepper.locator("input").focus()
    page.keyboard.press("ArrowRight")
    assert at(stepper) == 2
    assert page.evaluate("document.activeElement.type") == "range", "the focus stays"
    for _ in range(12):  # no trap
        page.keyboard.press("Tab")
    assert not stepper.evaluate("stepper => stepper.contains(document.activeElement)")


def test_by_mouse(opened):
    page, stepper = opened()
    stepper.locator(".lines > li", has_text="writer.flush()").click()
    assert at(stepper) == step_of(stepper, "writer.flush()")
    assert stepper.locator("[aria-current]").inner_text().startswith("writer.flush()")
    stepper.locator("input").fill("2")
    assert at(stepper) == 2
    stepper.locator(".bar .last").click()
    assert at(stepper) == stepper.locator(":scope > ol > li[id]").count()
    before = page.evaluate("scrollY")
    stepper.locator(".bar .first").click()
    assert page.evaluate("scrollY") == before, "the page does not move"


def test_a_link_leads_to_its_step(opened):
    page, stepper = opened(3)
    assert at(stepper) == 3
    link = stepper.locator(".bar a")
    link.click()
    assert page.url.endswith(f"#{STORY}-3")
    top = stepper.bounding_box()["y"]
    assert 0 <= top < 200, "below the header"


def test_the_first_is_open_and_the_others_are_a_line(visit):
    page = visit("relationships/cascades/")
    titles = page.locator(".stepper > p > button")
    states = titles.evaluate_all("buttons => buttons.map(button => button.getAttribute('aria-expanded'))")
    assert states == ["true"] + ["false"] * (titles.count() - 1) and len(states) > 1
    second = page.locator(".stepper").nth(1)
    second.scroll_into_view_if_needed()
    assert second.bounding_box()["height"] < 70
    assert second.locator(".ui").count() == 0, "built when it is opened"
    titles.nth(1).focus()
    page.keyboard.press("Enter")
    assert second.locator(".ui").is_visible() and titles.nth(1).get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")
    assert second.locator(".ui").is_hidden()
    assert page.complaints == []


def test_without_javascript_it_is_a_listing(visit):
    page = visit(PAGE, javascript=False)
    stepper = page.locator(f"#{STORY}")
    steps = stepper.locator(":scope > ol > li[id]")
    assert all(step.is_visible() for step in steps.all())
    assert stepper.locator("button").count() == 0
    assert "INSERT INTO author (name) VALUES ('Ursula')" in stepper.inner_text()


def test_on_paper_it_is_the_whole_listing(opened):
    page, stepper = opened(4, scheme="dark")
    page.emulate_media(media="print")
    shown = page.locator(".stepper > ol > li").evaluate_all("items => items.every(item => item.offsetHeight > 0)")
    assert shown, "those that were closed, too"
    assert stepper.locator(".ui").is_hidden()
    ink = stepper.evaluate("stepper => getComputedStyle(stepper).color")
    assert ink == "rgb(34, 48, 58)", "dark on light, whatever the screen shows"


def test_it_plays_and_pauses(opened):
    page, stepper = opened()
    stepper.locator(".bar .play").click()
    stepper.locator(".bar a", has_text="3 /").wait_for(timeout=10_000)
    stepper.locator(".bar .play").click()
    paused = at(stepper)
    page.wait_for_timeout(2500)
    assert at(stepper) == paused


def test_nothing_moves_for_those_who_asked(opened):
    page, stepper = opened()
    page.emulate_media(reduced_motion="reduce")
    stepper.locator(".bar .next").click()
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0


@pytest.mark.parametrize("language", ["", "zh/"])
def test_on_a_phone(opened, language):
    page, stepper = opened(path=language + PAGE, viewport=PHONE)
    for _ in range(stepper.locator(":scope > ol > li[id]").count() - 1):
        stepper.locator(".bar .next").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        changed = stepper.locator(".panels > details:not([open]) .lit").count()
        assert changed == 0, "what changed is open"
    button = stepper.locator(".bar .next").bounding_box()
    assert button["width"] >= 44 and button["height"] >= 44
    code, header = stepper.locator(".lines"), page.locator(".md-header")
    page.evaluate("top => scrollBy(0, top)", stepper.locator(".told").bounding_box()["y"] - 120)
    page.wait_for_timeout(200)
    assert abs(code.bounding_box()["y"] - header.bounding_box()["height"]) <= 1, "the code stays in view"


def test_a_chinese_page_steps_in_chinese(opened):
    page, stepper = opened(path="zh/" + PAGE)
    assert stepper.locator("button").first.inner_text() == "逐步查看"
    assert stepper.locator(".bar .next").get_attribute("aria-label") == "下一步（→）"
    assert stepper.locator(".told").inner_text().endswith("。")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_to_what_follows_a_stepper_leads_there(visit, viewport):
    """A stepper that is not yet built takes another height than one that is."""
    page = visit(f"{PAGE}#who-flushes", viewport=viewport)
    page.locator(f"#{STORY} .ui").wait_for()
    page.wait_for_timeout(200)
    top = page.locator("#who-flushes").evaluate("heading => heading.getBoundingClientRect().top")
    assert 50 <= top <= 90, "the heading stands right below the header"


def test_the_focus_stays_on_the_button_that_came_to_the_end(opened):
    page, stepper = opened()
    steps = stepper.locator(":scope > ol > li[id]").count()
    stepper.locator(".bar .next").focus()
    for _ in range(steps + 1):
        page.keyboard.press("Enter")
    assert stepper.locator(".bar a").text_content() == f"{steps} / {steps}"
    page.keyboard.press("ArrowLeft")
    assert stepper.locator(".bar a").text_content() == f"{steps - 1} / {steps}"
