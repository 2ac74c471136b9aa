"""A script that got into a page does not run, and the theme's own do."""

import pytest

from tools.site import finish

ADDED = {
    "an inline script": "<script>window.ran = true</script>",
    "an attribute": '<img src="nothing.svg" alt="" onerror="window.ran = true">',
    "a script from elsewhere": '<script src="https://elsewhere.example/x.js"></script>',
    "a policy of its own": '<meta http-equiv="Content-Security-Policy" content=""><script>window.ran = true</script>',
}
ADDRESS = "http://127.0.0.1:9/start/first-session/"  # whose other files nobody serves
THEMES = "typeof __md_get"  # which its first inline script makes


def with_added(site, added: str) -> str:
    """A page that holds what was added, without a policy."""
    html = (site / "start" / "first-session" / "index.html").read_text("utf-8")
    begin = html.index(finish.POLICY)
    html = html[:begin] + html[html.index(">", begin) + 1 :]
    return html.replace("<article", f"{ADDED[added]}<article", 1)


def ran(chromium, html: str) -> tuple[bool, bool]:
    """Whether what was added ran, and whether the theme's own script did, in a page that is opened."""
    page = chromium.new_page()

    def answer(route):
        itself = route.request.url == ADDRESS
        kind = "text/html" if itself else "text/javascript"
        route.fulfill(body=html if itself else "window.ran = true", content_type=kind)

    page.route(lambda url: url == ADDRESS or "elsewhere" in url, answer)
    page.goto(ADDRESS)
    page.wait_for_timeout(300)
    found = page.evaluate("window.ran === true"), page.evaluate(f"{THEMES} === 'function'")
    page.close()
    return found


@pytest.mark.parametrize("added", ADDED)
def test_what_was_added_does_not_run(chromium, site, added):
    html = with_added(site, added)
    assert ran(chromium, html) == (True, True), "without a policy it is to run, else this proves nothing"
    assert ran(chromium, finish.add_csp(html)) == (False, True)
