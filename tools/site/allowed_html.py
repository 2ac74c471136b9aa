"""What built pages may hold: elements and attributes of a list, and inline scripts of a list, which the theme brings.

The first list, allowed_html.toml, grows where a template or a drawing needs more. The second, inline_scripts.txt,
a script a line, changes with the theme's version alone: what is not on it gets no hash in a page's content security
policy, so that no browser would run it.
"""

import base64
import functools
import hashlib
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

LIST = Path(__file__).with_name("allowed_html.toml")
SCRIPTS = Path(__file__).with_name("inline_scripts.txt")
SCOPE = "{scope}"  # in a script of the list: the way to the site's first page, which differs from page to page
WAY = r"(?:\.|\.\.(?:/\.\.)*|/(?:[\w.-]+/)*)"
SCRIPT = re.compile(r"(?P<tag><script\b[^>]*>)(?P<code>.*?)</script\b[^>]*>", re.DOTALL | re.IGNORECASE)
DATA = ("application/json", "application/ld+json")  # which no browser runs
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"""<[A-Za-z](?:[^>"']|"[^"]*"|'[^']*')*>""")
OPENED = re.compile(r"<(?=[A-Za-z])")
SCHEME = re.compile(r"[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


def problems(html: str) -> list[str]:
    """What a page holds that is not allowed: each with the remedy."""
    found = [
        f"holds an inline script that is not the theme's, {_shortened(code)!r}: move it to a file below docs/assets/, "
        f"or add it to {SCRIPTS.name} if the theme brings it"
        for code in _inline_scripts(html)
        if not _is_known(code)
    ]
    rest = COMMENT.sub("", SCRIPT.sub(lambda script: script["tag"], html))
    tags = TAG.findall(rest)
    if len(tags) != len(OPENED.findall(TAG.sub("<a", rest))):
        found.append("holds a tag that does not end: close its quotes")
    return list(dict.fromkeys(found + [said for tag in dict.fromkeys(tags) if (said := _refused(tag))]))


def hashes(html: str) -> list[str]:
    """The hashes of a page's inline scripts, as a content security policy names them: of those on the list alone."""
    return sorted({_hash(code) for code in _inline_scripts(html) if _is_known(code)})


def _inline_scripts(html: str) -> Iterator[str]:
    """The code of a page's inline scripts."""
    for match in SCRIPT.finditer(html):
        _, attributes = _read(match["tag"])
        if "src" not in attributes and attributes.get("type") not in DATA:
            yield match["code"]


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


@functools.cache
def _is_known(code: str) -> bool:
    return any(pattern.fullmatch(code) for pattern in _known_scripts())


@functools.cache
def _known_scripts() -> list[re.Pattern[str]]:
    lines = SCRIPTS.read_text("utf-8").splitlines()
    return [re.compile(re.escape(line).replace(re.escape(SCOPE), WAY)) for line in lines if line]


@functools.cache
def _allowed() -> dict:
    return tomllib.loads(LIST.read_text("utf-8"))


class _Tag(HTMLParser):
    """Reads one tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read = tag, dict(attrs)


@functools.cache
def _read(text: str) -> tuple[str, dict[str, str | None]]:
    """A tag's name and attributes."""
    parser = _Tag()
    parser.feed(text)
    return parser.read


@functools.cache
def _refused(text: str) -> str:
    """What is not allowed of a tag; empty if all of it is."""
    tag, attributes = _read(text)
    allowed, remedy = _allowed(), f"write Markdown, or add it to {LIST.name} if a template needs it"
    if tag not in allowed["elements"]:
        return f"holds <{tag}>, which is not allowed: {remedy}"
    for name, value in attributes.items():
        own = allowed["elements"][tag]
        if name not in own and name not in allowed["everywhere"] and not name.startswith(("aria-", "data-")):
            return f"holds <{tag} {name}>, which is not allowed: {remedy}"
        values = allowed["values"].get(f"{tag} {name}")
        if values and not any(re.fullmatch(pattern, value or "") for pattern in values):
            return f"holds <{tag} {name}={_shortened(value or '')!r}>, which is not allowed: {remedy}"
        scheme = SCHEME.match(value or "") if name in ("href", "src") else None
        if scheme and scheme[1].lower() not in allowed["schemes"]:
            return f"links to {_shortened(value or '')!r}: write an address that begins with https://"
    return ""


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
