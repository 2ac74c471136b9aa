"""How long a browser works to draw a step, on a machine four times slower than this one."""

import shutil
import statistics
from pathlib import Path

from tools.commands.bench.views import served

SLOWER = 4
# Pages and stories: the usual one, one with thirty rows, one with two Sessions.
STORIES = (
    ("flush-and-commit/flush-versus-commit/", "only_commit_shows_a_row"),
    ("relationships/loading/", "a_loop_over_lazy_collections_sends_n_plus_one"),
    ("flush-and-commit/flush-versus-commit/", "a_flushed_row_makes_others_wait"),
)
# Steps through a stepper, from its first step to its last; milliseconds of each, layout included.
WALK = """async (id) => {
    const stepper = document.getElementById(id), next = stepper.querySelector(".bar .next"), found = [];
    stepper.dispatchEvent(new KeyboardEvent("keydown", { key: "Home", bubbles: true }));
    while (next.ariaDisabled !== "true" && found.length < 100) {
        await new Promise(requestAnimationFrame);
        const begun = performance.now();
        next.click();
        stepper.getBoundingClientRect();
        found.push(performance.now() - begun);
    }
    return found;
}"""


def measure(site: Path) -> list[tuple[str, float, float]]:
    """For each of STORIES: its name, the median and the most of milliseconds that a step takes."""
    from playwright.sync_api import sync_playwright

    rows = []
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for path, story in STORIES:
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.goto(f"{address}/{path}#steps-{story}-1", wait_until="networkidle")
            page.locator(f"#steps-{story} .ui").wait_for()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            milliseconds = page.evaluate(WALK, f"steps-{story}")
            rows.append((story, statistics.median(milliseconds), max(milliseconds)))
        browser.close()
    return rows
