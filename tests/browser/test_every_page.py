"""Every page, light and dark, desktop and phone: quiet, alone, accessible, and as wide as the screen.

What changed and one page of each kind are opened in every way, the others in one (combinations.py). BROWSER_TESTS=all
opens everything in every way.
"""

import os

import pytest

from tests.browser.combinations import WAYS, Combination, every, picked
from tests.browser.conftest import SIZES, use
from tests.browser.pages import changed_files, changed_pages, kind_of
from tools.content.repository import Repository

MISSING = "404.html"
MOST_REQUESTS = 12
MOST_OF_THE_PLAYGROUND = 20  # which is a program of seven files
MOST_MOVED = 0.1  # the share of the screen that may shift while a page loads, as browsers measure it


def combinations():
    asked = os.environ.get("BROWSER_TESTS")
    if not asked:
        return []  # skipped: the pages need not be read
    repository = Repository()
    kinds = {name: kind_of(page) for name, page in repository.pages["en"].items()} | {MISSING: {"missing page"}}
    return every(kinds) if asked == "all" else picked(kinds, changed_pages(repository, changed_files()))


def path_of(name: str, language: str) -> str:
    """The path of a page below the site's address."""
    page = name if name == MISSING else name.removesuffix("index.md").replace(".md", "/")
    return ("zh/" if language == "zh" else "") + page


@pytest.mark.parametrize("opened", combinations(), ids=str)
def test_page(browse, address, opened):
    path = path_of(opened.name, opened.language)
    check(browse(path, opened.scheme, opened.size), opened, address)


@pytest.mark.parametrize(("language", "scheme", "size"), WAYS)
def test_a_page_that_is_made_by_a_program(browse, address, site, language, scheme, size):
    """Pages that no one writes (a story's steps, a list of errors): one of each folder."""
    root = site / "zh" if language == "zh" else site
    written = {path_of(name, language) for name in Repository().pages[language]}
    made = {}
    for file in sorted(root.rglob("index.html")):
        path = file.parent.relative_to(site).as_posix() + "/"
        if path not in written | {"./"} and not (language == "en" and path.startswith("zh/")):
            made.setdefault(file.relative_to(root).parts[0], path)
    for folder, path in made.items():
        check(browse(path, scheme, size), Combination(folder, language, scheme, size), address)


def check(page, opened: Combination, address: str) -> None:
    """What holds of every page, however it is opened."""
    use(page)
    assert moved(page) <= MOST_MOVED, "what is drawn late is to have its place from the start"
    if opened.name == "index.md":  # the setup is alike on every page: once is enough
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    shown = page.evaluate("document.body.getAttribute('data-md-color-scheme')")
    assert shown == {"light": "default", "dark": "slate"}[opened.scheme], "the reader's scheme"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[opened.size]["width"], f"{page.url} is {width} px wide: find what does not wrap"
    assert violations(page) == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []
    asked = set(page.requests)  # what a page names twice comes from the cache
    if opened.name == MISSING:  # it looks for the words of its address
        asked = {url for url in asked if "/search/" not in url and "/minisearch/" not in url}
    assert not [url for url in asked if "/search/" in url], "the search is for those who open it"
    assert len(asked) <= (MOST_OF_THE_PLAYGROUND if opened.name == "play.md" else MOST_REQUESTS), asked
    assert page.complaints == []


def moved(page) -> float:
    """The cumulative layout shift since the page was opened."""
    return page.evaluate(
        """() => new Promise((done) => {
            const sum = (entries) => entries.reduce((total, { value }) => total + value, 0);
            new PerformanceObserver((list, observer) => { observer.disconnect(); done(sum(list.getEntries())); })
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(done, 50, 0);  // nothing has moved: nobody is told
        })"""
    )


def violations(page) -> list[str]:
    """What axe finds on a page, an element a line."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in found
        for node in violation["nodes"]
    ]
