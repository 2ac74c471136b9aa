"""Draw the social card of each page of a built site: `python -m tools.commands.cards SITE [--required]`.

Cards are kept in .cache/cards/ by their content; the files there may be deleted at any time. Without node or Chromium
one line says so and pages keep the plain card, unless cards are required. `--plain` draws that one again, which is
docs/assets/card.png, and the icon for home screens, docs/assets/icon.png.
"""

import argparse
import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from tools.content.repository import ROOT
from tools.site import cards
from tools.site.cards import CardError

CACHE = ROOT / ".cache" / "cards"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.commands.cards")
    parser.add_argument("site", type=Path, nargs="?", default=ROOT / "site", help="the folder of the built site")
    parser.add_argument("--required", action="store_true", help="fail where cards cannot be drawn")
    parser.add_argument("--plain", action="store_true", help="draw the repository's plain card and icon instead")
    given = parser.parse_args(arguments)
    try:
        if given.plain:
            photograph({ROOT / "docs" / cards.PLAIN: cards.plain(site_names())})
            photograph({ROOT / "docs" / cards.ICON: cards.icon()}, (cards.ICON_SIZE, cards.ICON_SIZE))
        else:
            print(add(given.site))
    except CardError as error:
        print(f"cards: {error}; pages have the plain card", file=sys.stderr)
        return int(given.required)
    return 0


def add(site: Path, cache: Path = CACHE) -> str:
    """Draw the card of each page of a site, and let the page name it. Returns how many there are. Raises CardError."""
    found = [(path, cards.read(path.read_text("utf-8"))) for path in sorted(site.rglob("*.html"))]
    pages = [(path, card) for path, card in found if card]
    drawn = cards.draw([card for _, card in pages])
    files = [f"{hashlib.sha256(html.encode()).hexdigest()[:16]}.png" for html in drawn]
    cache.mkdir(parents=True, exist_ok=True)
    missing = {cache / file: html for file, html in zip(files, drawn, strict=True) if not (cache / file).exists()}
    photograph(missing)
    folder = site / Path(cards.PLAIN).parent / "cards"
    folder.mkdir(parents=True, exist_ok=True)
    for (path, card), file in zip(pages, files, strict=True):
        shutil.copyfile(cache / file, folder / file)
        path.write_text(cards.linked(path.read_text("utf-8"), card, f"cards/{file}"), "utf-8")
    return f"{len(pages)} cards, {len(missing)} of them drawn now"


def photograph(pages: dict[Path, str], size: tuple[int, int] = cards.CARD_SIZE) -> None:
    """Make a PNG of each page, given as HTML by the file to write. Raises CardError."""
    if not pages:
        return
    with browser(size) as page:
        for path, html in pages.items():
            page.set_content(html)
            page.screenshot(path=path)


@contextmanager
def browser(size: tuple[int, int]) -> Iterator:
    """A browser's page of so many pixels. Raises CardError."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise CardError("playwright is missing: run make .venv/checks") from None
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
        except Error as error:
            what = str(error).splitlines()[0]
            raise CardError(
                f"no browser starts ({what}): install chromium, or run playwright install chromium"
            ) from None
        yield started.new_page(viewport=dict(zip(("width", "height"), size, strict=True)), java_script_enabled=False)
        started.close()


def site_names() -> list[str]:
    """What the site is called in each language."""
    settings = [ROOT / "mkdocs.yml", *sorted(ROOT.glob("mkdocs.*.yml"))]
    lines = [
        line for path in settings for line in path.read_text("utf-8").splitlines() if line.startswith("site_name:")
    ]
    return [yaml.safe_load(line)["site_name"] for line in lines]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
