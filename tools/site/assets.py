"""The style sheets, scripts and pictures of the site, which lie beside the pages and are the same in each language."""

from collections.abc import Iterator
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.site import playground
from tools.tables import stepper

FOLDER = ROOT / "docs" / "assets"


def files(language: str) -> Iterator[tuple[str, bytes]]:
    """Each file's address below the site of a language, and what is published of it."""
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            yield f"assets/{path.relative_to(FOLDER).as_posix()}", published(path.name, path.read_bytes())
    for name in stepper.ASSETS:
        yield f"assets/{name}", published(name, stepper.asset(name).encode())
    if language == LANGUAGES[0]:  # whose site holds those of the other languages
        yield from playground.files()


def published(name: str, content: bytes) -> bytes:
    """What is published of a file of this name: style sheets and scripts go without their comments."""
    minify = {".css": cssmin, ".js": jsmin}.get(Path(name).suffix)
    return minify(content.decode()).encode() if minify else content
