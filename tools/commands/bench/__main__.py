"""Measure what readers and contributors wait for, and print a table: `python -m tools.commands.bench`, or `make bench`.

A page of SQLAlchemy's documentation is measured in the same run by the same code, and bounds are ratios to it: figures
of another machine or hour mean little. PEER names the folder of another built site instead, PEER_PAGE a page of it.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.commands.bench import builds, growth, peers, steps, views
from tools.content.repository import ROOT, Repository

PAGES = (
    "",
    "flush-and-commit/flush-versus-commit/",
    "zh/flush-and-commit/flush-versus-commit/",
    "relationships/cascades/",
    "reference/states/",
)
STORY = "start/three_calls"
OWN_KB = 45  # what we add ourselves to a first view, gzip
WHOLE, BUSY = 1.1, 1.0  # a first view without its search index, and its work, as a ratio to the peer's
STEP_MS = 50
Row = tuple[str, str, str]  # what, its measure, the bound


def build_rows(site: Path, repository: Repository) -> list[Row]:
    """Build today's pages into `site`."""
    built = builds.best(ROOT, site)
    pages = len(repository.all_pages)
    return [
        (f"build, {pages} pages, user CPU", f"{built.cpu / pages * 1000:.1f} ms a page", "SQLModel's, 59 elsewhere"),
        (f"build, {pages} pages, wall clock", f"{built.wall:.1f} s", ""),
        (f"build, {pages} pages, peak memory", f"{built.memory:.0f} MB", ""),
    ]


def view_rows(site: Path, peer: views.Target | None) -> list[Row]:
    """Open pages of `site` and the peer's page, in turn."""
    seen = views.measure([*(views.Target(page or "home", site, page) for page in PAGES), *([peer] if peer else [])])
    theirs = seen[peer] if peer else None
    rows = []
    for target, view in seen.items():
        bound = theirs if target is not peer else None
        if target is not peer:
            rows.append((f"our part of a first view, {target.name}", _kb(view.own), f"{OWN_KB} kB gzip"))
        rows += [
            (f"first view without search index, {target.name}", _kb(view.whole), _ratio(bound, "whole", WHOLE)),
            (f"main-thread CPU, {target.name}", f"{view.busy:.0f} ms", _ratio(bound, "busy", BUSY)),
            (f"requests, {target.name}", f"{view.requests}, and {view.elsewhere} to others", ""),
        ]
    return rows


def _kb(size: float) -> str:
    return f"{size / 1000:.1f} kB gzip"


def _ratio(peer: views.View | None, what: str, factor: float) -> str:
    if peer is None:
        return ""
    most = getattr(peer, what) * factor
    return f"{factor} × the peer's, {_kb(most) if what == 'whole' else f'{most:.0f} ms'}"


def step_rows(site: Path) -> list[Row]:
    """Step through stories of `site`."""
    return [
        (f"a step drawn, {steps.SLOWER}× slower, {story}", f"{median:.0f} ms, at most {most:.0f}", f"{STEP_MS} ms")
        for story, median, most in steps.measure(site)
    ]


def growth_rows(site: Path) -> list[Row]:
    """Build and serve a copy of the project with more pages. `site`: the build of today's."""
    grown = growth.measure(site)
    rows = [
        (
            f"{grown.pages} pages, build, user CPU",
            f"{grown.built.cpu / grown.pages * 1000:.1f} ms a page",
            "as today's",
        ),
        (f"{grown.pages} pages, build, wall clock", f"{grown.built.wall:.1f} s", ""),
        (f"{grown.pages} pages, make serve, an edit is shown", _seconds(grown.edit), ""),
        (f"{grown.pages} pages, make serve ONLY={growth.ONLY}, an edit is shown", _seconds(grown.edit_only), "3 s"),
    ]
    for name, (before, after) in grown.bytes.items():
        rows.append((f"{grown.pages} pages, {name}", f"{after / 1000:.1f} kB, today {before / 1000:.1f} kB", ""))
    return rows


def _seconds(seconds: float | None) -> str:
    return f"{seconds:.1f} s" if seconds is not None else f"not within {growth.PATIENCE} s"


def test_rows() -> list[Row]:
    """Run the default tests, and the tests of one story."""
    rows = []
    for command, bound in (("make test", "180 s, at 300 pages too"), (f"make test STORY={STORY}", "2 s")):
        started = time.perf_counter()
        result = subprocess.run(command.split(), cwd=ROOT, capture_output=True)
        outcome = f", FAILED: run {command}" if result.returncode else ""
        rows.append((command, f"{time.perf_counter() - started:.1f} s{outcome}", bound))
    return rows


def show(rows: list[Row]) -> None:
    """Print rows at once: the next ones take minutes."""
    width = max(len(name) for name, _, _ in rows)
    for name, value, bound in rows:
        print(f"{name:<{width}}  {value}" + (f"  (at most {bound})" if bound else ""), flush=True)


def main() -> int:
    """Print the figures; return the exit status: 1 where a site cannot be built."""
    print(
        f"{os.getloadavg()[0]:.1f} programs wait for {os.cpu_count()} cores: with more than these, seconds say little"
    )
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        try:
            peer = peers.peer(Path(folder))
        except peers.PeerError as error:
            peer = None
            print(error)
        try:
            show(build_rows(site, Repository()))
            show(view_rows(site, peer))
            show(step_rows(site))
            show(growth_rows(site))
        except builds.BuildFailed as error:
            print(error)
            return 1
    show(test_rows())
    return 0


if __name__ == "__main__":
    sys.exit(main())
