"""Render a page as mkdocs does, but only if it or something that it is drawn from has changed since the last build."""

import functools
import logging
import re
from importlib.metadata import version
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler

from tools.content.pages import COMPUTED
from tools.content.repository import ROOT
from tools.site import cache

SNIPPETS, TABLES = ROOT / "snippets", ROOT / "tables"
LOCALE = ROOT / "locale"
CONFIGURATIONS = (ROOT / "mkdocs.yml", ROOT / "mkdocs.zh.yml")
PACKAGES = ("markdown", "mkdocs", "pygments", "pymdown-extensions")
NAMED = re.compile(r'"([\w./-]+)\.py[":]')  # in an include or in a stepper's fence
DATA = (".py", ".json", ".jsonl", ".toml", ".html")
DRAWN = re.compile(rf"^```(?:{'|'.join(COMPUTED)})\b", re.MULTILINE)

_render = Page.render


def render(page: Page, config, files: Files) -> None:
    """Stand in for `mkdocs.structure.pages.Page.render`, which this calls.

    A page that mkdocs warns of is rendered by every build, so that every build says so.
    """
    made_of = [Path(config.docs_dir).name, page.file.src_uri, page.markdown, _common(files)]
    if DRAWN.search(page.markdown):  # a table may be read from any recording
        made_of.append(_every_snippet(files))
    else:
        made_of.append(cache.contents(_drawn_from(page.markdown)))
    found = cache.builds.get(lambda: _rendered(page, config, files), *made_of)
    if found:
        page.content, page._title_from_render = found["content"], found["title"]
        page.toc = get_toc(found["toc"])
        page.present_anchor_ids = set(found["anchors"])
        page.links_to_anchors = {files.src_uris[uri]: links for uri, links in found["links"].items()}


def _rendered(page: Page, config, files: Files) -> dict | None:
    """What mkdocs makes of a page, as JSON holds it; None if it warns of something."""
    warned = CountHandler(level=logging.WARNING)
    log = logging.getLogger("mkdocs")
    log.addHandler(warned)
    try:
        _render(page, config, files)
    finally:
        log.removeHandler(warned)
    if warned.get_counts():
        return None
    return {
        "content": page.content,
        "title": page._title_from_render,
        "toc": _tokens(page.toc),
        "anchors": sorted(page.present_anchor_ids),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def _tokens(links) -> list[dict]:
    """A table of contents as the extension toc has it."""
    return [
        {"name": link.title, "id": link.id, "level": link.level, "children": _tokens(link.children)} for link in links
    ]


def _drawn_from(markdown: str) -> list[Path]:
    """The stories that a page shows, their recordings, and the words of programs."""
    stories = [SNIPPETS / name for name in set(NAMED.findall(markdown))]
    return sorted(set(LOCALE.glob("*.toml")).union(*(story.parent.glob(f"{story.name}.*") for story in stories)))


@functools.lru_cache(maxsize=1)
def _common(files: Files) -> str:
    """What every page of one build is made of: the settings, what there is to link to, and the packages."""
    return "\n".join([cache.contents(CONFIGURATIONS), *sorted(files.src_uris), *map(version, PACKAGES)])


@functools.lru_cache(maxsize=1)
def _every_snippet(files: Files) -> str:
    """The hash of all that stands in snippets/ and tables/, read once for the build of `files`."""
    return cache.contents(
        sorted(path for room in (SNIPPETS, TABLES) for path in room.rglob("*.*") if path.suffix in DATA)
    )
