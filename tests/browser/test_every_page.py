"""Every page, both schemes, desktop and phone: quiet, alone, accessible, and as wide as the screen."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.test_site import path_of
from tools.checks import House

PAGES = House().all_pages
PATHS = [("" if page.language == "en" else "zh/") + path_of(page) for page in PAGES] + ["404.html", "zh/404.html"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path or "home")
def test_page(visit, address, path, scheme, viewport):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, scheme, viewport)
    page.wait_for_timeout(200)
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []
    assert len(page.requests) <= 12, page.requests
    assert not [url for url in page.requests if url.endswith("search_index.json")], "the index is for searchers only"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], f"{path} is {width} px wide: find what does not wrap"
    shown = page.evaluate("document.body.getAttribute('data-md-color-scheme')")
    assert shown == {"light": "default", "dark": "slate"}[scheme]
    if path in ("", "zh/"):  # the setup is alike on every page: once is enough
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in violations
        for node in violation["nodes"]
    ] == []
