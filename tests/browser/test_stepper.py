"""The stepper in a real browser: by mouse, keyboard and link, without JavaScript, on paper and on a phone."""

import re

import pytest

from tests.browser.conftest import PHONE

LAPTOP = {"width": 1280, "height": 720}
PAGE = "flush-and-commit/flush-versus-commit/"
STORY = "only_commit_shows_a_row"
STORIES = {  # story → its page
    STORY: PAGE,
    "three_calls": "",
    "rollback_takes_every_object_back": "flush-and-commit/rollback/",
    "only_a_failed_flush_rolls_back": "flush-and-commit/rollback/",
    "a_loop_over_lazy_collections_sends_n_plus_one": "relationships/loading/",
    "one_object_passes_through_five_states": "states/five-states/",
    "threads_share_the_engine_not_the_session": "contexts/threads/",
    "an_async_session_awaits_sql": "contexts/asyncio/",
    "sessions_work_side_by_side": "sessions/what-is-a-session/",
    "a_query_keeps_loaded_values": "states/expire-and-refresh/",
}


@pytest.fixture
def opened(visit):
    """Open a page at a step of a story: opened(step, ...) returns the page and the story's stepper."""

    def open_step(step: int = 1, story: str = STORY, language: str = "", **options):
        hashed = f"#steps-{story}-{step}" if step else ""
        page = visit(f"{language}{STORIES[story]}{hashed}", **{"viewport": LAPTOP} | options)
        stepper = page.locator(f"#steps-{story}")
        if options.get("javascript", True):
            stepper.locator(".ui").wait_for(state="attached")
        return page, stepper

    return open_step


def at(stepper) -> int:
    return int(stepper.locator(".bar .number").text_content().split("/")[0])


def steps(stepper) -> int:
    return stepper.locator(":scope > ol > li[id]").count()


def step_of(stepper, code: str) -> int:
    """The number of the first stop whose line holds `code`."""
    codes = stepper.locator(":scope > ol > li[id] > code").all_text_contents()
    return next(number for number, text in enumerate(codes, 1) if code in text)


@pytest.mark.parametrize("story", STORIES)
def test_code_and_picture_fit_a_laptop_and_nothing_below_moves(opened, story):
    page, stepper = opened(story=story)
    stepper.evaluate("stepper => stepper.scrollIntoView()")
    header = page.locator(".md-header").bounding_box()["height"]
    heights = set()
    for _ in range(steps(stepper)):
        heights.add(stepper.bounding_box()["height"])
        stepper.locator(".bar .next").click(force=True)
    assert len(heights) == 1, "a step has another height"
    assert heights.pop() <= LAPTOP["height"] - header, "does not fit below the header"
    assert page.evaluate("document.documentElement.scrollWidth") <= LAPTOP["width"]
    assert page.complaints == []


def test_others_see_the_row_at_commit_and_not_at_flush(opened):
    page, stepper = opened()
    picture = stepper.locator(".map")
    for code, said in (("writer.flush()", "not visible yet"), ("writer.commit()", "COMMIT: now public")):
        page.evaluate("hash => { location.hash = hash }", f"steps-{STORY}-{step_of(stepper, code)}")
        stepper.locator("[aria-current]", has_text=code).wait_for()
        assert said in picture.text_content()
    assert "COMMIT" in stepper.locator(".log .now").all_text_contents()[0]
    assert page.complaints == []


def test_every_step_shows_what_the_listing_says(opened):
    page, stepper = opened()
    seen = []
    for _ in range(steps(stepper)):
        seen.append(stepper.locator(".told > p").text_content())
        stepper.locator(".bar .next").click(force=True)
    sentences = stepper.locator(":scope > ol > li[id] > p").all_text_contents()
    assert all(told.endswith(sentence) for told, sentence in zip(seen, sentences, strict=True))
    assert stepper.locator(".bar .next").get_attribute("aria-disabled") == "true"
    assert stepper.locator(".told > p").get_attribute("aria-live") == "polite"
    assert page.complaints == []


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_key_says_what_every_mark_means(opened, language, viewport):
    page, stepper = opened(language=language, viewport=viewport)
    key = stepper.locator(".key")
    assert key.locator(":scope > span").count() == 13, "a mark has no explanation in the key"
    for mark in ("c1", "▮ SQL", "◆ COMMIT", "●", "▢", "Author A"):
        assert mark.replace(" ", "") in key.text_content().replace(" ", ""), f"the key does not say {mark}"
    box, below = key.bounding_box(), stepper.locator(".bar").bounding_box()
    picture = stepper.locator(".map").bounding_box()
    assert picture["y"] + picture["height"] <= box["y"] + 1, "the key does not stand below the picture"
    assert all(
        one.bounding_box()["x"] + one.bounding_box()["width"] <= viewport["width"] for one in key.locator("span").all()
    )
    assert viewport == PHONE or box["y"] + box["height"] <= below["y"] + 1


def test_what_a_line_prints_is_said_once(opened):
    _, stepper = opened(14, story="rollback_takes_every_object_back")
    assert stepper.locator(".told strong").inner_text().startswith("Prints Joan")
    assert stepper.locator(".notes").inner_text() == ""


def test_a_session_asks_for_rollback_after_the_database_has_rolled_back(opened):
    _, stepper = opened(3, story="only_a_failed_flush_rolls_back")
    assert "can't be used until rollback()" in stepper.locator(".told > p").inner_text()
    assert {"call rollback() first", "ROLLBACK sent: undone"} <= set(stepper.locator(".map text").all_text_contents())
    assert stepper.locator(".map .lost").count() == 1, "the object that vanished leaves no sign"


@pytest.mark.parametrize("viewport", [LAPTOP, {"width": 785, "height": 900}], ids=["laptop", "narrow"])
def test_no_text_of_a_session_runs_into_another(opened, viewport):
    _, stepper = opened(5, story="a_loop_over_lazy_collections_sends_n_plus_one", viewport=viewport)
    texts = [one.bounding_box() for one in stepper.locator(".map .session > text").all()]
    for one in texts:
        for other in texts:
            if one["x"] < other["x"] and abs(one["y"] - other["y"]) < 8:
                assert one["x"] + one["width"] <= other["x"], "two texts of the Session run into each other"


def test_n_plus_one_opens_at_its_third_lazy_load(opened):
    _, stepper = opened(0, story="a_loop_over_lazy_collections_sends_n_plus_one")
    assert stepper.locator(".told strong").inner_text().startswith("Third lazy load")


def test_the_log_keeps_what_was_sent(opened):
    _, stepper = opened(story="a_loop_over_lazy_collections_sends_n_plus_one")
    counts = []
    for _ in range(steps(stepper)):
        counts.append(int(stepper.locator(".log > p > b").text_content()))
        stepper.locator(".bar .next").click(force=True)
    assert counts == sorted(counts) and counts[-1] >= 5
    assert stepper.locator(".log li:visible").count() >= counts[-1]


def test_by_keyboard(opened):
    page, stepper = opened()
    last = steps(stepper)
    stepper.locator(".lines").focus()
    keys = ["ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft", "End", "Home"]
    for key, step in zip(keys, [2, 3, 2, 1, 1, last, 1], strict=True):
        page.keyboard.press(key)
        assert at(stepper) == step, key
    stepper.locator("input").focus()
    page.keyboard.press("ArrowRight")
    assert at(stepper) == 2
    assert page.evaluate("document.activeElement.type") == "range", "the focus stays"
    for _ in range(16):  # no trap
        page.keyboard.press("Tab")
    assert not stepper.evaluate("stepper => stepper.contains(document.activeElement)")


def test_single_letters_do_nothing(opened):
    page, stepper = opened(3)
    page.mouse.move(5, 5)
    page.locator(".js-focus-visible").wait_for(state="attached")
    for key in "np,.":
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    assert page.url.endswith(f"{PAGE}#steps-{STORY}-3") and at(stepper) == 3
    assert page.locator("link[rel=prev], link[rel=next]").count() == 0


def test_by_mouse(opened):
    page, stepper = opened()
    stepper.locator(".lines > li", has_text="writer.flush()").click()
    assert at(stepper) == step_of(stepper, "writer.flush()")
    stepper.locator("input").fill("2")
    assert at(stepper) == 2
    before = page.evaluate("scrollY")
    stepper.locator(".bar .prev").click()
    assert at(stepper) == 1 and page.evaluate("scrollY") == before, "the page does not move"


def test_the_step_is_in_the_address_and_back_returns_to_it(opened):
    page, stepper = opened(3)
    assert at(stepper) == 3
    stepper.locator(".bar .next").click()
    assert page.url.endswith(f"#steps-{STORY}-4")
    assert stepper.locator(".bar a").get_attribute("href") == f"#steps-{STORY}-4"
    assert stepper.locator(".bar a").inner_text() == "Link to this step"
    page.goto(page.url.partition("flush-and-commit")[0])
    page.go_back()
    stepper.locator(".ui").wait_for()
    assert at(stepper) == 4


def test_all_steps_is_one_press_away_and_remembered(opened):
    page, stepper = opened()
    stepper.get_by_role("button", name="All steps").click()
    assert stepper.locator(".ui").is_hidden()
    assert all(step.is_visible() for step in stepper.locator(":scope > ol > li[id]").all())
    page.reload()
    stepper.locator(".ui").wait_for(state="attached")
    assert stepper.locator(".ui").is_hidden()
    stepper.get_by_role("button", name="One step").click()
    assert stepper.locator(".ui").is_visible()


def test_it_opens_where_rows_are_sent_that_others_do_not_see(opened):
    _, stepper = opened(0, story="three_calls")
    assert stepper.locator(".lines [aria-current]").inner_text().strip().endswith("session.flush()")


def test_the_program_is_copied_and_kept_whole(opened):
    page, stepper = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stepper.get_by_role("button", name="Copy program").click()
    stepper.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "class Author(Base):" in copied and "writer.flush()" in copied and "#>" not in copied
    with page.expect_download() as download:
        stepper.get_by_role("button", name="Download .py").click()
    assert download.value.suggested_filename == f"{STORY}.py"
    assert download.value.path().read_text("utf-8") == copied


def test_selected_code_is_code_alone(opened):
    _, stepper = opened()
    text = stepper.evaluate(
        """stepper => {
            getSelection().selectAllChildren(stepper.querySelector(".lines"));
            return String(getSelection());
        }"""
    )
    assert re.sub(r"\s+", " ", text).startswith(
        'writer = Session(engine) author = Author(name="Ursula") writer.add(author)'
    )


def test_without_javascript_it_is_a_listing(visit):
    page = visit(PAGE, javascript=False)
    stepper = page.locator(f"#steps-{STORY}")
    assert all(step.is_visible() for step in stepper.locator(":scope > ol > li[id]").all())
    assert stepper.locator("button").count() == 0
    assert "INSERT INTO author (name) VALUES ('Ursula')" in stepper.inner_text()


def test_nothing_moves_for_those_who_asked(opened):
    page, stepper = opened()
    page.emulate_media(reduced_motion="reduce")
    stepper.locator(".bar .next").click()
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0


def test_forced_colors_keep_the_picture(opened):
    page, stepper = opened(4)
    page.emulate_media(forced_colors="active")
    assert stepper.locator(".map svg").bounding_box()["height"] > 200
    current, other = (
        stepper.locator(one).first.evaluate("line => getComputedStyle(line).borderInlineStartColor")
        for one in (".lines [aria-current]", ".lines > li:not([aria-current])")
    )
    assert current != other, "the current line is marked by its border"


@pytest.mark.parametrize("language", ["", "zh/"])
def test_on_a_phone_all_is_on_one_screen(opened, language):
    page, stepper = opened(4, language=language, viewport=PHONE)
    stepper.evaluate("stepper => stepper.scrollIntoView()")
    header = page.locator(".md-header").bounding_box()["height"]
    for part in (".lines", ".told", ".map", ".bar"):
        box = stepper.locator(part).bounding_box()
        assert box["y"] >= header - 1 and box["y"] + box["height"] <= PHONE["height"] + 1, part
    heights = set()
    for _ in range(steps(stepper)):
        heights.add(stepper.bounding_box()["height"])
        stepper.locator(".bar .next").click(force=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert len(heights) == 1, "a step has another height"
    button = stepper.locator(".bar .next").bounding_box()
    assert button["width"] >= 44 and button["height"] >= 44


def test_a_chinese_page_steps_in_chinese(opened):
    _, stepper = opened(language="zh/")
    assert stepper.get_by_role("button", name="全部步骤").is_visible()
    assert stepper.locator(".bar .next").get_attribute("aria-label") == "下一步（→）"
    assert stepper.locator(".told > p").inner_text().endswith("。")


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_link_to_what_follows_a_stepper_leads_there(visit, viewport):
    """A stepper that is not yet built keeps its room."""
    page = visit(f"{PAGE}#who-flushes", viewport=viewport)
    page.wait_for_timeout(500)
    top = page.locator("#who-flushes").evaluate("heading => heading.getBoundingClientRect().top")
    assert 40 <= top <= 100, "the heading stands right below the header"


def test_the_focus_stays_on_the_button_that_came_to_the_end(opened):
    page, stepper = opened()
    count = steps(stepper)
    stepper.locator(".bar .next").focus()
    for _ in range(count + 1):
        page.keyboard.press("Enter")
    assert at(stepper) == count
    page.keyboard.press("ArrowLeft")
    assert at(stepper) == count - 1
