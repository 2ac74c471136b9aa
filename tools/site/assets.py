"""The style sheets, scripts and pictures of the site, which lie beside the pages and are the same in each language."""

from collections.abc import Iterator
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from tools.content.repository import ROOT
from tools.tables import stepper

FOLDER = ROOT / "docs" / "assets"


def files() -> Iterator[tuple[str, Path]]:
    """Each file with its address below the site."""
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            yield f"assets/{path.relative_to(FOLDER).as_posix()}", path
    for name in stepper.ASSETS:
        yield f"assets/{name}", stepper.STATIC / name


def published(path: Path) -> bytes:
    """What is published of a file: style sheets and scripts go without their comments."""
    if path.suffix not in (".css", ".js"):
        return path.read_bytes()
    return (cssmin if path.suffix == ".css" else jsmin)(path.read_text("utf-8")).encode()
