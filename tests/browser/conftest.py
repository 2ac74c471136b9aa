"""The built site in headless Chromium: Debian's where it is installed, otherwise Playwright's own.

They run with BROWSER_TESTS=1, which `make check` sets; otherwise they are skipped and say so.
"""

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SIZES = {"desktop": DESKTOP, "phone": PHONE}


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A page that is left while it loads is no error."""


@pytest.fixture(scope="session")
def address(site):
    """The site's address, below a sub-path, without a slash at the end."""
    server = QuietServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.name}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium():
    if not os.environ.get("BROWSER_TESTS"):
        pytest.skip("not run: make check opens the pages in a browser")
    from playwright.sync_api import Error, sync_playwright

    playwright = sync_playwright().start()
    try:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
    except Error as error:
        playwright.stop()
        reason = str(error).splitlines()[0]
        pytest.fail(
            f"no browser starts: {reason}: install chromium, or run 'playwright install chromium'", pytrace=False
        )
    yield browser
    browser.close()
    playwright.stop()


def use(page) -> None:
    """Do what every reader does first, move, and wait for the theme's script, which comes then."""
    size = page.viewport_size
    page.mouse.move(size["width"] - 3, size["height"] - 3)
    page.locator(".js-focus-visible").wait_for(state="attached")
    page.wait_for_timeout(300)


def listen(page):
    """Let a page remember `requests` (addresses) and `complaints` (console errors, failed requests). Returns it."""
    page.requests, page.complaints = [], []
    page.on("request", lambda request: page.requests.append(request.url))
    page.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
    page.on(
        "response", lambda answer: answer.status >= 400 and page.complaints.append(f"{answer.status}: {answer.url}")
    )
    page.on("console", lambda line: line.type in ("error", "warning") and page.complaints.append(line.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.fixture
def visit(chromium, address):
    """Open a page as a reader who comes for the first time: visit(path, scheme="light", viewport=DESKTOP, …).

    What the page remembers is said in `listen`.
    """
    contexts = []

    def open_page(path: str, scheme: str = "light", viewport: dict = DESKTOP, javascript: bool = True):
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=javascript)
        contexts.append(context)
        page = listen(context.new_page())
        page.goto(f"{address}/{path}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def contexts(chromium):
    """One browser context for each scheme and size, which keeps what was fetched: contexts(scheme, size)."""
    opened = {}

    def context(scheme: str, size: str):
        if (scheme, size) not in opened:
            options = {"viewport": SIZES[size], "color_scheme": scheme, "reduced_motion": "reduce"}
            opened[scheme, size] = chromium.new_context(**options)
        return opened[scheme, size]

    yield context
    for one in opened.values():
        one.close()


@pytest.fixture
def browse(contexts, address):
    """Open a page where others were before, for tests that leave nothing behind: browse(path, scheme, size)."""
    pages = []

    def open_page(path: str, scheme: str, size: str):
        page = listen(contexts(scheme, size).new_page())
        pages.append(page)
        page.goto(f"{address}/{path}", wait_until="load")
        return page

    yield open_page
    for page in pages:
        page.close()
