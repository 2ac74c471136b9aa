"""Every page, both schemes, desktop and phone: quiet, alone, accessible, and as wide as the screen."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, use
from tests.site.test_site import path_of
from tools.content.repository import Repository

PAGES = Repository().all_pages
PATHS = [("" if page.language == "en" else "zh/") + path_of(page) for page in PAGES] + ["404.html", "zh/404.html"]
COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # what the scheme can break


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "home")
def test_page(visit, address, path, viewport):
    page = visit(path, viewport=viewport)
    page.wait_for_timeout(200)
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []
    assert len(page.requests) <= 12, page.requests
    assert not [url for url in page.requests if url.endswith("search_index.json")], "the index is for searchers only"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], f"{path} is {width} px wide: find what does not wrap"
    if path in ("", "zh/"):  # the setup is alike on every page: once is enough
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    use(page)
    assert len([url for url in page.requests if "/javascripts/bundle." in url]) == 1
    assert page.complaints == []
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # else colors fade
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")  # as the theme's switch does
    assert violations(page, **COLORS) == []


@pytest.mark.parametrize("path", ["", "zh/", "404.html"], ids=lambda path: path or "home")
@pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
def test_a_page_opens_in_the_readers_scheme(visit, path, scheme, name):
    page = visit(path, scheme)
    page.wait_for_timeout(200)
    assert page.complaints == []
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == name


def violations(page, **options) -> list[str]:
    """What axe finds on a page, an element a line. `options` are those of axe.run."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found
        for node in violation["nodes"]
    ]
