"""The playground in Firefox, which nothing here drives: the page has one script more, which presses and reports."""

import json
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler

import pytest

from tests.browser.conftest import QuietServer
from tests.browser.playground_pages import HEAD, SAVE, needed
from tools.content import locale

pytestmark = [
    pytest.mark.skipif(bool(needed()), reason=needed()),
    pytest.mark.skipif(not shutil.which("firefox-esr"), reason="firefox-esr is missing: .ci/run installs it"),
]

PROGRAMS = {"first": HEAD + SAVE, "again": HEAD + SAVE, "endless": "while True: pass\n", "after": HEAD + SAVE}
WORDS = locale.words("en", "playground")
SCRIPT = """(async () => {
  const report = (what) => fetch("report", { method: "POST", body: JSON.stringify(what) });
  addEventListener("securitypolicyviolation", ({ violatedDirective }) => report(["policy", violatedDirective]));
  const root = document.querySelector(".playground"), until = async (done) => {
    while (!done()) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await until(() => !root.querySelector(".run").disabled);
  for (const [name, program] of Object.entries(PROGRAMS)) {
    root.querySelector("textarea").value = program;
    root.querySelector(".run").click();
    await until(() => root.ariaBusy === "false");
    const steps = root.querySelectorAll(".stepper > ol > li[id]").length;
    await report([name, root.querySelector(".status").textContent, steps, !!root.querySelector(".stepper .ui svg")]);
  }
  await report(["end"]);
})();"""


@pytest.mark.time_limit(180)
@pytest.mark.usefixtures("chromium")  # which skips where no browser is to be opened
def test_programs_run_in_firefox(site, tmp_path):
    reports, ended = [], threading.Event()

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(site))

        def do_GET(self):
            if self.path == "/play/":
                html = (site / "play" / "index.html").read_text("utf-8")
                self.answer(
                    html.replace("</body>", '<script src="drive.js"></script></body>'), "text/html; charset=utf-8"
                )
            elif self.path == "/play/drive.js":
                self.answer(SCRIPT.replace("PROGRAMS", json.dumps(PROGRAMS)), "text/javascript")
            else:
                super().do_GET()

        def do_POST(self):
            reports.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.answer("", "text/plain")
            if reports[-1] == ["end"]:
                ended.set()

        def answer(self, text: str, kind: str):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments):
            pass

    server = QuietServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    command = ["firefox-esr", "--headless", "--no-remote", "--profile", str(tmp_path)]
    browser = subprocess.Popen(
        [*command, f"http://127.0.0.1:{server.server_port}/play/"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        ended.wait(150)
    finally:
        browser.kill()
        browser.wait()
        server.shutdown()
        server.server_close()
    assert reports == [
        ["first", "3 steps.", 3, True],
        ["again", "3 steps.", 3, True],
        ["endless", WORDS["limit"].format(seconds=15), 0, False],
        ["after", "3 steps.", 3, True],
        ["end"],
    ]
