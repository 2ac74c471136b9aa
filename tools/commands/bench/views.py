"""What the first view of a page weighs and how long it keeps the browser busy, for any built site."""

import gzip
import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

VISITS = 5
# Search indexes: fetched on a first view by some, by others when one searches.
SEARCH = ("search_index.json", "searchindex.js", "search/headings.json", "search/texts.json")
THEME = ("/assets/stylesheets/", "/assets/javascripts/")  # where Material keeps what is not ours


@dataclass(frozen=True)
class Target:
    """A page of a built site: a path below its folder, with a slash at the end or the name of a file."""

    name: str
    folder: Path
    page: str


@dataclass
class View:
    """Of a first view: bytes (gzip), requests to the site and to others, milliseconds of the main thread."""

    own: int
    whole: int
    requests: int
    elsewhere: int
    busy: float


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments):
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which `folder` is served, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def file_of(folder: Path, page: str) -> Path:
    """The file of a page."""
    return folder / (f"{page}index.html" if not page or page.endswith("/") else page)


def is_own(path: str) -> bool:
    """Whether a file of our site is ours: pages, and our styles and scripts, but not the theme's."""
    return not any(folder in path for folder in THEME) and not path.endswith(SEARCH)


def measure(targets: list[Target], visits: int = VISITS) -> dict[Target, View]:
    """Open the pages several times in turn, each time as one who was never there. Medians."""
    from playwright.sync_api import sync_playwright

    seen: dict[Target, list[View]] = {target: [] for target in targets}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(visits):
            for target in targets:
                with served(target.folder) as address:
                    seen[target].append(_visit(browser, address, target.page))
        browser.close()
    return {target: _median(views) for target, views in seen.items()}


def _median(views: list[View]) -> View:
    return View(*(statistics.median(getattr(view, name) for view in views) for name in View.__dataclass_fields__))


def _visit(browser, address: str, path: str) -> View:
    context = browser.new_context()
    page = context.new_page()
    answers, elsewhere = [], []

    def refuse(route):
        elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith((address, "data:", "blob:")), refuse)
    page.on("response", lambda answer: answers.append(answer))
    metrics = context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{address}/{path}", wait_until="networkidle")
    values = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
    weights = {
        urlsplit(answer.url).path: len(gzip.compress(answer.body()))
        for answer in answers
        if answer.url.startswith(address) and answer.ok
    }
    context.close()
    return View(
        own=sum(size for path, size in weights.items() if is_own(path)),
        whole=sum(size for path, size in weights.items() if not path.endswith(SEARCH)),
        requests=len(weights),
        elsewhere=len(elsewhere),
        busy=values["TaskDuration"] * 1000,
    )
