"""A page that stands alone works from a file, and opens at the step that it is told; without scripts it is a list."""

import pytest

from tracer import Recording, Step, page, render_html

SOURCE = "one = 1\ntwo = 2\nthree = 3\n"
RECORDING = Recording("story.py", "2.1", "3.13", steps=[Step((line, line), "statement") for line in (1, 2, 3)])


def test_it_opens_where_it_is_told(chromium, tmp_path):
    alone = page(RECORDING, SOURCE)
    fragment = render_html(RECORDING, SOURCE)
    assert fragment in alone
    path = tmp_path / "story.html"
    path.write_text(alone.replace(fragment, render_html(RECORDING, SOURCE, opening=2)), "utf-8")
    for javascript in (True, False):
        context = chromium.new_context(java_script_enabled=javascript)
        opened, complaints = context.new_page(), []
        opened.on("console", lambda line, said=complaints: said.append(line.text))
        opened.on("pageerror", lambda error, said=complaints: said.append(str(error)))
        opened.goto(path.as_uri())
        if javascript:
            opened.locator(".ui").wait_for()
            assert opened.locator(".bar .number").inner_text() == "2 / 3"
            assert opened.locator("[aria-current]").inner_text() == "two = 2"
            opened.get_by_role("button", name="Predict first").click()
            opened.wait_for_timeout(300)
        else:
            assert opened.locator(".ui").count() == 0 and opened.locator("ol > li[id]").count() == 3
        assert complaints == []
        context.close()


@pytest.mark.parametrize("width", [360, 720, 959, 960, 1100, 1219, 1220, 1280, 1440])
def test_no_part_of_it_is_cut_off(visit, width):
    page = visit("flush-and-commit/rollback/", viewport={"width": width, "height": 800})
    stepper = page.locator(".stepper:visible").first
    stepper.scroll_into_view_if_needed()  # it is built when it comes near
    stepper.locator(".ui").wait_for()
    left, right = page.evaluate(
        "(({ left, right }) => [left, right])(document.querySelector('.stepper.ready').getBoundingClientRect())"
    )
    assert 0 <= left < right <= width
