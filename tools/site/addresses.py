"""Where the built site has what the pages name."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

BUILT = re.compile(r"(?:^|(?<=/))index$")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:")  # https:, mailto:


@dataclass(frozen=True)
class Site:
    """A built site of one language: its folder, its address, its names, and its pages as `nav` lists them."""

    folder: Path
    language: str
    address: str
    name: str
    description: str
    nav: list[Any]


def folder(page: str) -> str:
    """The folder of a page's HTML below its language's site: empty, or with a slash at its end."""
    name = BUILT.sub("", page.removesuffix(".md"))
    return f"{name.rstrip('/')}/" if name else ""


def whole(link: str, page: str, site_url: str) -> str:
    """The whole address of what a page's Markdown links to: another page by its file, an anchor, an asset."""
    if ELSEWHERE.match(link):
        return link
    path, mark, anchor = link.partition("#")
    if path.endswith(".md"):
        path = folder(posixpath.normpath(posixpath.join(posixpath.dirname(page), path)))
    elif path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    else:
        path = folder(page)
    return urljoin(site_url, path) + mark + anchor
