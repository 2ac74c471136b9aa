"""The stepper opens at the step that its fence names; without JavaScript nothing is different."""

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
        opened = context.new_page()
        opened.goto(path.as_uri())
        if javascript:
            assert opened.locator(".bar a").inner_text() == "2 / 3"
            assert opened.locator("[aria-current]").inner_text() == "two = 2"
            assert opened.locator(".bar .next").get_attribute("title") == "Next step (→)"
        else:
            assert opened.locator(".ui").count() == 0 and opened.locator("ol > li[id]").count() == 3
        context.close()
