"""Measure what readers and contributors wait for, and print a table: `make bench`.

Measured on this machine, so compare only with an earlier run on the same one. Targets are those of the project.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools.content.repository import ROOT

PAGES = (
    "",
    "flush-and-commit/flush-versus-commit/",
    "zh/flush-and-commit/flush-versus-commit/",
    "relationships/cascades/",
    "reference/states/",
)
VISITS = 5
BUILDS = 5


def measure_builds(folder: Path) -> list[tuple[str, str, str]]:
    """Build both languages into `folder`, several times."""
    builds = [_build(folder) for _ in range(BUILDS)]
    pages = len(list(folder.rglob("index.html")))
    rows = []
    for name in (f"build, {pages} pages",):
        cpu, memory, wall = map(min, zip(*builds, strict=True))  # whatever else the machine does can only add to it
        rows += [
            (f"{name}, user CPU", f"{cpu / pages:.1f} ms a page ({cpu / 1000:.2f} s)", "30 ms a page"),
            (f"{name}, peak memory", f"{memory:.0f} MB", "150 MB"),
            (f"{name}, wall clock", f"{wall:.1f} s", ""),
        ]
    return rows


def _build(folder: Path) -> tuple[float, float, float]:
    """Build in a process of its own: user CPU in ms, peak memory in MB, wall clock in s."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or all modules are compiled by every build
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the build failed: run make site")
    return usage.ru_utime * 1000, usage.ru_maxrss / 1024, time.perf_counter() - started


def measure_tests() -> list[tuple[str, str, str]]:
    """Run the default tests."""
    started = time.perf_counter()
    result = subprocess.run(["make", "test"], cwd=ROOT, capture_output=True)
    seconds = time.perf_counter() - started
    outcome = "" if result.returncode == 0 else ", FAILED: run make test"
    return [("default tests", f"{seconds:.1f} s{outcome}", "60 s")]


def measure_recordings() -> list[tuple[str, str, str]]:
    """Record every story, each in a process of its own, as `make record` and the tests do."""
    program = (
        "import resource, sys; from tools.content.repository import Repository\n"
        "from tools.run.sandbox import apart; from tools.run.recordings import recorded_text\n"
        "stories = len(dict(apart(recorded_text, Repository().stories)))\n"
        "usage = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(stories, (usage.ru_utime + usage.ru_stime) * 1000 / stories)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    stories, cpu = result.stdout.split()
    return [(f"recordings, {stories} stories", f"{float(cpu):.0f} ms CPU a story", "100 ms a story")]


def measure_steppers() -> list[tuple[str, str, str]]:
    """Draw the stepper of every story from its recording, as a build does."""
    from tools.content.repository import Repository
    from tools.tables import stepper

    stories = Repository().stories
    started = time.process_time()
    for story in stories:
        stepper.draw("/".join(story.parts[-2:]))
    cpu = (time.process_time() - started) * 1000 / len(stories)
    return [("steppers, drawing", f"{cpu:.1f} ms CPU a story", "5 ms a story")]


def measure_references() -> list[tuple[str, str, str]]:
    """Compute all tables, two programs at a time, as `make record` and the tests do."""
    started = time.perf_counter()
    program = (
        "from tools.content.repository import Repository\n"
        "from tools.run.sandbox import apart\n"
        "from tools.run.table_data import computed_text\n"
        "print(len(dict(apart(computed_text, Repository().references))))\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    return [("tables, all computed", f"{time.perf_counter() - started:.0f} s", "60 s")]


def measure_search(site: Path) -> list[tuple[str, str, str]]:
    """Weigh the search index of each language."""
    rows = []
    for language, folder in (("en", site), ("zh", site / "zh")):
        index = (folder / "search" / "search_index.json").read_bytes()
        entries = len(json.loads(index)["docs"])
        weight = f"{len(index) / 1000:.0f} kB, {len(gzip.compress(index)) / 1000:.0f} kB gzip, {entries} sections"
        rows.append((f"search index, {language} (not in the first view)", weight, ""))
    return rows


def measure_pages(site: Path) -> list[tuple[str, str, str]]:
    """Open pages in a browser: weight, requests and main-thread CPU of the first view, and with the theme's script.

    That comes when the reader first moves.
    """
    from playwright.sync_api import sync_playwright

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for path in PAGES:
            busy, used = [], []
            for _ in range(VISITS):
                context = browser.new_context()
                page = context.new_page()
                bodies = []
                page.on("response", lambda answer, bodies=bodies: bodies.append(answer))
                metrics = context.new_cdp_session(page)
                metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
                page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
                busy.append(_busy(metrics))
                weights = [answer.body() for answer in bodies if answer.url.startswith("http")]
                page.mouse.move(9, 9)
                page.locator(".js-focus-visible").wait_for(state="attached")
                page.wait_for_timeout(500)
                used.append(_busy(metrics))
                later = [answer.body() for answer in bodies if answer.url.startswith("http")][len(weights) :]
                context.close()
            name = path or "home"
            rows += [
                (f"first view, {name}", _weight(weights), "85 kB gzip"),
                (f"requests, {name}", str(len(weights)), "12"),
                (f"main-thread CPU, {name}", f"{statistics.median(busy):.0f} ms", "140 ms"),
                (
                    f"with the theme's script, {name}",
                    f"{_weight(weights + later)}, {statistics.median(used):.0f} ms",
                    "",
                ),
            ]
        browser.close()
    server.shutdown()
    return rows


def _busy(metrics) -> float:
    """Milliseconds that the page's main thread has worked."""
    values = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
    return values["TaskDuration"] * 1000


def _weight(bodies: list[bytes]) -> str:
    packed = sum(len(gzip.compress(body)) for body in bodies)
    return f"{sum(map(len, bodies)) / 1000:.0f} kB, {packed / 1000:.1f} kB gzip"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        rows = measure_builds(site) + measure_pages(site) + measure_search(site)
        rows += measure_recordings() + measure_steppers() + measure_references() + measure_tests()
    width = max(len(name) for name, _, _ in rows)
    for name, value, target in rows:
        print(f"{name:<{width}}  {value}" + (f"  (at most {target})" if target else ""))


if __name__ == "__main__":
    main()
