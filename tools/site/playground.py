"""The playground's files: the packs that a browser runs Python with, and the frame that it runs in.

`make playground` compiles the packs (tools/commands/playground.py) into PACKS, beside the hash of what they were made
of. A site gets them if they are those of today's sources; without them it has no playground, and says so.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from tools.content import snippets
from tools.content.repository import ROOT
from tools.run import markers

FOLDER = ROOT / "playground"  # its sources
PACKS = ROOT / ".cache" / "playground"  # what is made of them; may be deleted at any time
ASSETS = "assets/playground"  # where they are published: the service worker leaves them to the page
FRAME = f"{ASSETS}/frame.html"
# What each pack holds of what is installed: the very files that the tests run.
PACKAGES = {
    "sqlalchemy": ("SQLAlchemy", "typing_extensions"),
    "program": (),  # our own, see `sources`
    "flask": ("Flask", "Werkzeug", "Jinja2", "MarkupSafe", "click", "blinker", "itsdangerous"),
}
OPTIONAL = ("flask",)  # fetched only for programs that import it
EXCLUDED = ("sqlalchemy/testing/", "sqlalchemy/ext/mypy/")  # needed by no program there
COMPILERS = ("compile.mjs", "package-lock.json")  # what else decides what is in a pack


def sources() -> dict[str, dict[str, bytes]]:
    """The files of each pack, by their names in it. Raises PackageNotFoundError, OSError."""
    packs = {pack: dict(file for name in names for file in _installed(name)) for pack, names in PACKAGES.items()}
    packs["program"] = dict(_own())
    return packs


def _installed(name: str) -> Iterator[tuple[str, bytes]]:
    """The Python of an installed package, its licence, and enough metadata to ask for its version."""
    found = distribution(name)
    for file in found.files or ():
        text = file.as_posix()
        is_code = file.suffix == ".py" and ".." not in file.parts and not text.startswith(EXCLUDED)
        if is_code or (".dist-info/" in text and "licen" in text.lower()):
            yield text, Path(str(file.locate())).read_bytes()
        elif file.name == "METADATA":
            yield text, f"Metadata-Version: 2.1\nName: {found.name}\nVersion: {found.version}\n".encode()


def _own() -> Iterator[tuple[str, bytes]]:
    """The tracer, the snippets' library and the runner."""
    yield "runner.py", (FOLDER / "runner.py").read_bytes()
    for pattern in ("tracer/*.py", "tracer/locale/[a-z][a-z].toml", "snippets/*.py"):
        for path in sorted(ROOT.glob(pattern)):
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()


def fingerprint(packs: dict[str, dict[str, bytes]]) -> str:
    """A hash of all that the packs are made of."""
    digest = hashlib.sha256()
    for pack, files in sorted(packs.items()):
        for name, content in sorted(files.items()):
            digest.update(f"{pack}/{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    for name in COMPILERS:
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()


def _read_manifest() -> dict[str, dict]:
    return json.loads((PACKS / "manifest.json").read_text("utf-8"))


def python() -> str:
    """The version of Python that the packs run. Raises OSError, ValueError, KeyError where there are none."""
    return str(_read_manifest()["python"]["python"])


@cache
def manifest() -> dict[str, dict]:
    """The packs that there are: of each its `file`, `size` in bytes and `sha256`. Empty unless they are today's."""
    try:
        is_of_today = (PACKS / "fingerprint").read_text("utf-8") == fingerprint(sources())
        return _read_manifest()["packs"] if is_of_today else {}
    except (FileNotFoundError, ValueError, KeyError):
        return {}


def megabytes() -> str:
    """What a reader downloads for the first run, in MB."""
    return f"{sum(pack['size'] for name, pack in manifest().items() if name not in OPTIONAL) / 1e6:.1f}"


def files() -> Iterator[tuple[str, bytes]]:
    """Each file's address below the site, and its content. None if there are no packs."""
    packs = manifest()
    if not packs:
        return
    for pack in packs.values():
        yield f"{ASSETS}/{pack['file']}", (PACKS / pack["file"]).read_bytes()
    yield f"{ASSETS}/manifest.json", (PACKS / "manifest.json").read_bytes()
    yield f"{ASSETS}/worker.js", jsmin((FOLDER / "worker.js").read_text("utf-8")).encode()
    yield f"{ASSETS}/page.css", cssmin((ROOT / "tracer" / "static" / "page.css").read_text("utf-8")).encode()
    for story, text in stories().items():
        yield f"{ASSETS}/stories/{story}.py", text.encode()
    yield FRAME, frame().encode()


@cache
def stories() -> dict[str, str]:
    """The stories that can be opened there, as they stand in the editor. Those that need a server are none."""
    found = {}
    for path in sorted((ROOT / "snippets").glob("*/*.py")):
        text = path.read_text("utf-8")
        if snippets.story_lines(text) and not markers.read(path).needs:
            found[f"{path.parent.name}/{path.stem}"] = without_marks(text)
    return found


def without_marks(text: str) -> str:
    """A story without the marks of its sections."""
    return "".join(line for line in text.splitlines(keepends=True) if not snippets.MARKER.match(line))


@cache
def _frame_script() -> str:
    return jsmin((FOLDER / "frame.js").read_text("utf-8"))


def frame_sources() -> dict[str, list[str]]:
    """What the frame needs of a policy: its one script, WebAssembly, and the workers and modules that it makes."""
    digest = base64.b64encode(hashlib.sha256(_frame_script().encode()).digest()).decode()
    return {"script-src": [f"'sha256-{digest}'", "'wasm-unsafe-eval'", "blob:"], "worker-src": ["blob:"]}


def frame() -> str:
    """The page in which Python runs. It may run its one script and what that makes, and reach nothing."""
    needed = [f"{name} {' '.join(sources)}" for name, sources in frame_sources().items()]
    policy = "; ".join(["default-src 'none'", *needed, "base-uri 'none'", "form-action 'none'"])
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>Python</title><script>{_frame_script()}</script></html>\n"
    )
