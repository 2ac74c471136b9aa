"""What more pages cost: a copy of the project with several times its pages is built and served."""

import gzip
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tools.commands.bench import builds
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT

TIMES = 6
ONLY = "states/"  # the chapter that is served alone
EDITED = "states/five-states"  # the page that is edited while it is served
NAVIGATION = re.compile(r"^nav:.*\n(?:[ #].*\n|\n)*", re.MULTILINE)
PATIENCE = 120  # seconds to wait for a page or an edit
INDEX = ("search/headings.json", "search/texts.json")
FILES = ("index.html", f"{EDITED}/index.html", *INDEX, *(f"zh/{name}" for name in INDEX))


@dataclass
class Growth:
    """Pages of both languages; their build; seconds until an edit is shown, None where it was not; bytes of files
    before and after, plain and gzip, by name."""

    pages: int
    built: builds.Build
    edit: float | None
    edit_only: float | None
    bytes: dict[str, tuple[int, int]]


def measure(today: Path, times: int = TIMES) -> Growth:
    """Build and serve a copy with `times` as many pages. `today`: the built site of the project as it is."""
    with tempfile.TemporaryDirectory() as folder:
        root, site = Path(folder) / "project", Path(folder) / "site"
        copy(ROOT, root)
        pages = multiply(root, times)
        built = builds.best(root, site, 1)
        sizes = {}
        for name in FILES:
            before, after = (today / name).read_bytes(), (site / name).read_bytes()
            sizes[name] = (len(before), len(after))
            sizes[f"{name}, gzip"] = (len(gzip.compress(before)), len(gzip.compress(after)))
        return Growth(pages, built, edit_time(root), edit_time(root, ONLY), sizes)


def copy(root: Path, to: Path) -> None:
    """Copy what git knows or would take, as it lies there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, to / name)


def multiply(root: Path, times: int) -> int:
    """Copy the pages of each chapter into `times - 1` more chapters of the project at `root`, in both languages.

    Return the number of pages then. Headings keep their ids, and links lead to the chapters that were there before.
    """
    for language in LANGUAGES:
        docs = root / "docs" / language
        for chapter in [path for path in docs.iterdir() if path.is_dir()]:
            for number in range(2, times + 1):
                shutil.copytree(chapter, docs / f"{chapter.name}-{number}")
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    navigation = NAVIGATION.search(text)[0]
    chapters = navigation[navigation.index("\n", navigation.index("index.md")) + 1 :]  # the home page stays alone
    more = [re.sub(r"([\w-]+)/(?=[\w/-]+\.md)", rf"\1-{number}/", chapters) for number in range(2, times + 1)]
    settings.write_text(text.replace(navigation, navigation + "".join(more)), "utf-8")
    return sum(1 for language in LANGUAGES for _ in (root / "docs" / language).rglob("*.md"))


def edit_time(root: Path, only: str = "") -> float | None:
    """Serve the project at `root`, edit a page and return the seconds until it is shown; None where it never is."""
    page = root / "docs" / "en" / f"{EDITED}.md"
    text = page.read_text("utf-8")
    mark = f"Edited {time.time_ns()}."
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]
    more = {"ONLY": only, "SITE_URL": f"http://{address}/"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=root, env=builds.environment(**more), start_new_session=True, **quiet)
    try:
        if _shown(f"http://{address}/{EDITED}/", "</html>") is None:
            return None
        time.sleep(1)  # until the server watches the files
        page.write_text(f"{text}\n{mark}\n", "utf-8")
        return _shown(f"http://{address}/{EDITED}/", mark)
    finally:
        page.write_text(text, "utf-8")
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _shown(address: str, text: str) -> float | None:
    """The seconds until the page holds the text."""
    started = time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        try:
            if text in urlopen(address, timeout=PATIENCE).read().decode():
                return time.perf_counter() - started
        except (URLError, OSError):
            pass
        time.sleep(0.05)
    return None
