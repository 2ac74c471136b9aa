"""Draw the social card of each built page: its title, and the step at which its first stepper opens.

The card is the picture of the page's address where somebody links it. Node draws the step, as the stepper itself does
it in the browser; a browser makes a PNG of the card, which tools/commands/cards.py asks it for.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any
from unicodedata import east_asian_width

from tools.content.repository import ROOT
from tracer import assets

PLAIN = "assets/card.png"  # of a page whose card was not drawn, below docs/ and in the built site
CARD_SIZE = (1200, 630)  # which theme/partials/sharing.html says, too
ICON = "assets/icon.png"  # of the site on a home screen, likewise
ICON_SIZE = 512
SIZE = {"width": 720, "height": 260}  # of a step: small, since a card shows it enlarged
LONG = 34  # columns of a title
TEMPLATE = Path(__file__).with_name("card.html")
STYLE = ROOT / "docs" / "assets" / "site.css"
LOGO = ROOT / "docs" / "assets" / "logo.svg"
IMAGE = re.compile(
    r'((?:<meta property="og:image" content=|"image": )"[^"]*assets/)card(?:s/\w+)?\.png"'
)  # and JSON-LD
ALTERNATIVE = re.compile(r'(<meta property="og:image:alt" content=")[^"]*">')
TAGS = re.compile(r"<[^>]+>")
LANGUAGE = re.compile(r'<html lang="([^"]+)"')
PROPERTY = '<meta property="og:{}" content="([^"]*)">'
SITE = re.compile(r'<a [^>]*title="([^"]*)" class="md-header__button md-logo"')
STEPPER = re.compile(
    r"<section (?P<tag>[^>]*\bstepper\b[^>]*)>(?:(?!<section ).)*?"
    r'<script type="application/json">(?P<data>.*?)</script>',
    re.DOTALL,
)
STEP = r'<li [^>]*\bid="?{}-{}"?[ >].*?</code>.*?<p>(.*?)</p>'
DRAW = """
const [script, jobs] = require("fs").readFileSync(0, "utf8").split("\\u0000");
require("vm").runInThisContext(script);
console.log(JSON.stringify(JSON.parse(jobs).map(([story, options]) => sessionStepper.still(story, options))));
"""


class CardError(Exception):
    """Cards that cannot be drawn: one line with the remedy."""


@dataclass(frozen=True)
class Card:
    """What a card says: texts as HTML. `story`: the stepper's data, None on a page without; `at`: its step, from 0."""

    tag: str
    site: str
    title: str
    caption: str
    story: dict[str, Any] | None = None
    at: int = 0


def read(html: str) -> Card | None:
    """The card of a built page; None for a page that names no image."""
    if not IMAGE.search(html):
        return None
    tag = _found(LANGUAGE, html)
    texts = [_found(SITE, html), _found(PROPERTY.format("title"), html), _found(PROPERTY.format("description"), html)]
    stepper = STEPPER.search(html)
    if not stepper:
        return Card(tag, *texts)
    story = json.loads(stepper["data"].replace("<\\/", "</"))
    opening = re.search(r'data-open="?(\d+)', stepper["tag"])
    at = int(opening[1]) - 1 if opening else story["open"]
    name = re.search(r'\bid="?([\w-]+)', stepper["tag"])[1]
    sentence = re.search(STEP.format(re.escape(name), at + 1), stepper[0], re.DOTALL)
    headline = re.match(r"\s*<strong>.*?</strong>", sentence[1], re.DOTALL) if sentence else None
    return Card(tag, *texts[:2], headline[0] if headline else texts[2], story, at)


def draw(cards: list[Card]) -> list[str]:
    """Each card as a page of 1200 by 630 px. Raises CardError."""
    stills = iter(_stills([card for card in cards if card.story]))
    fixed = {"style": f"{STYLE.read_text('utf-8')}\n{assets.style()}", "logo": LOGO.read_text("utf-8")}
    template = Template(TEMPLATE.read_text("utf-8"))
    return [template.substitute(fixed, **_parts(card, next(stills) if card.story else "")) for card in cards]


def linked(html: str, card: Card, file: str) -> str:
    """A page that names its card `file`, which lies beside the plain one, as its image, with what the card says."""
    said = escape(unescape(f"{card.title} · {TAGS.sub('', card.caption)}"))
    html = IMAGE.sub(lambda image: f'{image[1]}{file}"', html)
    return ALTERNATIVE.sub(lambda alternative: f'{alternative[1]}{said}">', html)


def plain(names: list[str]) -> str:
    """The card for all pages whose own was not drawn: the names of the site. Raises CardError."""
    first, *others = names
    return draw([Card("en", "", escape(first), " · ".join(map(escape, others)))])[0]


def icon() -> str:
    """The icon as a page of ICON_SIZE: the logo on the site's paper, with the margin that systems cut round."""
    style = f"margin: 0; height: {ICON_SIZE}px; display: grid; place-items: center; background: #fdfcf9"
    return f'<body style="{style}"><div style="width: 70%">{LOGO.read_text("utf-8")}</div>'


def _parts(card: Card, picture: str) -> dict[str, str]:
    title = unescape(card.title)
    columns = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in title)
    return {
        "tag": card.tag,
        "site": "" if card.site == card.title else card.site,
        "title": card.title,
        "caption": card.caption,
        "kind": "" if card.story else "plain",
        "length": "long" if columns > LONG else "",
        "picture": picture,
    }


def _stills(cards: list[Card]) -> list[str]:
    """The step of each card as SVG."""
    if not cards:
        return []
    node = shutil.which("node")
    if not node:
        raise CardError("node is missing: install it")
    jobs = [[card.story, {**SIZE, "at": card.at, "language": card.tag[:2]}] for card in cards]
    given = f"{assets.script(document=False)}\0{json.dumps(jobs)}"
    run = subprocess.run([node, "-e", DRAW], input=given, capture_output=True, encoding="utf-8", timeout=600)
    if run.returncode:
        said = next((line for line in run.stderr.splitlines() if "Error" in line), "it says nothing")
        raise CardError(f"node draws no steps: {said}: mend tracer/static/stepper/")
    return [
        f'<svg class="still" viewBox="0 0 {SIZE["width"]} {still["height"]}" preserveAspectRatio="xMidYMin">'
        f"{still['body']}</svg>"
        for still in json.loads(run.stdout)
    ]


def _found(pattern: str | re.Pattern[str], html: str) -> str:
    match = re.search(pattern, html)
    return match[1] if match else ""
