"""Visited pages without network, and with it again: nothing old is shown, nothing half done is left.

Network goes where the server stops: what a browser only pretends reaches pages, but not their worker.
"""

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler

import pytest

from tests.browser.conftest import QuietServer
from tools.site import offline

PAGE = "states/five-states/"
OTHER = "states/transitions/"
ENGLISH = "five object states"
KEPT = """async () => {
    const urls = [];
    for (const name of (await caches.keys()).filter((one) => one.startsWith("pages "))) {
        urls.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
    }
    return urls;
}"""


class Handler(SimpleHTTPRequestHandler):
    """As GitHub Pages: what was sent may be taken to be fresh for ten minutes (`age`, in seconds)."""

    age = 600

    def end_headers(self):
        self.send_header("Cache-Control", f"max-age={self.age}")
        super().end_headers()

    def log_message(self, *arguments):
        pass


class Host:
    """A copy of the site that can change, on a server that can stop."""

    def __init__(self, folder) -> None:
        self.folder, self.port = folder, 0
        self.start()

    def start(self) -> None:
        self.server = QuietServer(("127.0.0.1", self.port), partial(Handler, directory=str(self.folder.parent)))
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.folder.name}/"

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.unlink(missing_ok=True)  # it may be the very file of the site that other tests read
        path.write_text(text, "utf-8")

    def build(self, page: str, old: str, new: str) -> None:
        """Publish a new build, in which a page says something else."""
        text = (self.folder / page / "index.html").read_text("utf-8")
        assert old in text
        self.write(f"{page}/index.html", text.replace(old, new))
        self.write(offline.NAME, offline.script(offline.build(self.folder)))


@pytest.fixture
def host(site, tmp_path):
    folder = tmp_path / "session"
    shutil.copytree(site, folder, copy_function=os.link)
    host = Host(folder)
    yield host
    host.stop()


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def visit(page, address: str) -> None:
    """Open a page, and wait until a worker has kept it."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.wait_for_function(f"async (url) => (await ({KEPT})()).includes(url)", arg=address)


def test_a_visited_page_works_offline_as_it_does_online(host, page):
    visit(page, host.address + PAGE)
    page.wait_for_timeout(500)  # what it is made of is kept behind it
    host.stop()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(f"{host.address}{PAGE}?from=a-link#one-object")
    assert ENGLISH in page.locator("h1").inner_text()
    page.locator(".stepper").first.scroll_into_view_if_needed()
    page.locator(".stepper .next").first.click()
    font = "getComputedStyle(document.querySelector('h1')).fontWeight"
    assert page.evaluate(font) == "650", "the style sheet is not kept"
    assert complaints == []
    host.start()


@pytest.mark.parametrize(
    ("folder", "tag", "title"), [("", "en", "You are offline"), ("zh/", "zh-Hans", "当前没有网络")]
)
def test_a_page_that_was_not_visited_says_so_and_lists_those_that_were(host, page, folder, tag, title):
    visit(page, host.address + folder + PAGE)
    host.stop()
    page.goto(host.address + folder + OTHER)
    assert page.title() == title
    assert page.evaluate("document.documentElement.lang") == tag
    page.locator("li a").click()
    page.locator("article h1").wait_for()
    assert page.url == host.address + folder + PAGE
    host.start()
    page.goto(host.address + folder + OTHER)
    assert page.locator("article h1").count() == 1, "back online, the page itself is shown"


def test_a_new_build_is_seen_at_once(host, page):
    """Although the server lets browsers take pages to be fresh."""
    visit(page, host.address + PAGE)
    page.reload()
    host.build(PAGE, "<h1", '<h1 data-build="2"')
    page.goto(host.address + PAGE)
    assert page.locator("h1[data-build='2']").count() == 1
    host.stop()
    page.goto(host.address + PAGE)
    assert page.locator("h1[data-build='2']").count() == 1, "what was seen last is what is kept"
    host.start()


def test_what_an_old_build_left_goes_with_a_new_one(host, page):
    visit(page, host.address + PAGE)
    page.evaluate("caches.open('playground 1').then((cache) => cache.put('/kept', new Response('')))")
    before = page.evaluate("caches.keys()")
    host.build(OTHER, "<h1", '<h1 data-build="2"')
    visit(page, host.address + OTHER)
    page.wait_for_function("(old) => caches.keys().then((names) => !names.includes(old))", arg=before[0])
    names = page.evaluate("caches.keys()")
    assert len(names) == 2 and "playground 1" in names, "other caches are none of its business"
    page.wait_for_function(f"async (url) => (await ({KEPT})()).includes(url)", arg=host.address + OTHER)


def test_pages_and_what_they_need_are_kept_and_nothing_else(host, page):
    host.write("playground.js", "")
    visit(page, host.address + PAGE)
    page.evaluate("fetch('index.md')")
    page.evaluate("fetch('../../search/texts.json')")
    page.add_script_tag(url=f"{host.address}playground.js")
    page.wait_for_timeout(500)
    kept = page.evaluate(KEPT)
    ends = {url.rpartition("/")[2].rpartition(".")[2] for url in kept}
    assert ends <= {"", "css", "js", "svg", "png"}, kept
    assert not [url for url in kept if "playground" in url]


def test_a_page_that_is_gone_is_gone(host, page):
    visit(page, host.address + PAGE)
    shutil.rmtree(host.folder / PAGE)
    page.goto(host.address + PAGE)
    host.stop()
    page.goto(host.address + PAGE)
    assert page.title() == "You are offline"
    host.start()


@pytest.mark.parametrize("while_installing", [True, False], ids=["while it installs", "while it is new"])
def test_a_worker_that_is_killed_half_way_leaves_the_old_or_nothing(host, page, while_installing, monkeypatch):
    monkeypatch.setattr(Handler, "age", 0)  # without a worker, what is fresh is the browser's decision
    visit(page, host.address + PAGE)
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    host.build(PAGE, "<h1", '<h1 data-build="2"')
    if while_installing:  # a worker that never comes to its end
        text = (host.folder / offline.NAME).read_text("utf-8")
        host.write(offline.NAME, text + 'addEventListener("install",(e)=>e.waitUntil(new Promise(()=>{})))')
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => { one.update() })")
    page.wait_for_timeout(300)
    session.send("ServiceWorker.stopAllWorkers")
    page.goto(host.address + PAGE)
    assert page.locator("h1[data-build='2']").count() == 1, "the network is there, so the new page is"
    page.wait_for_function(f"async (url) => (await ({KEPT})()).includes(url)", arg=host.address + PAGE)
    session.send("ServiceWorker.stopAllWorkers")
    host.stop()
    page.goto(host.address + PAGE)
    assert page.locator("h1[data-build='2']").count() == 1
    host.start()


def test_pages_that_mkdocs_serves_are_not_kept(host, page):
    """Their pages have no meta element: a browser that kept them would be a step behind an author."""
    text = (host.folder / PAGE / "index.html").read_text("utf-8")
    host.write(f"{PAGE}/index.html", text.replace('name="service-worker"', 'name="nothing"'))
    page.goto(host.address + PAGE)
    page.wait_for_timeout(500)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
