"""Make the packs with which a browser runs Python: `python -m tools.commands.playground [--required]`.

Pyodide is installed as playground/package-lock.json says, with npm. The packs are kept in .cache/playground/ and made
again when something that is in them has changed. Without npm one line says that the site has no playground, unless it
is required.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.content.writing import write
from tools.site import playground

INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
INSTALLED = playground.FOLDER / "node_modules" / ".package-lock.json"  # npm writes it last


class PlaygroundError(Exception):
    """The packs cannot be made: one line with the remedy."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.commands.playground")
    parser.add_argument("--required", action="store_true", help="fail where the packs cannot be made")
    given = parser.parse_args(arguments)
    try:
        print(make())
    except PlaygroundError as error:
        print(f"playground: left out, because {error}", file=sys.stderr)
        return int(given.required)
    return 0


def make() -> str:
    """Make the packs unless they are there; say how large they are. Raises PlaygroundError."""
    packs = playground.sources()
    fingerprint = playground.fingerprint(packs)
    if not playground.manifest():
        _install()
        _compile(packs)
        write(playground.PACKS / "fingerprint", fingerprint)
        playground.manifest.cache_clear()
    return "\n".join(f"{pack['file']}: {pack['size']:,} bytes" for pack in playground.manifest().values())


def _install() -> None:
    """Install Pyodide as it is locked."""
    lock = playground.FOLDER / "package-lock.json"
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
        return
    if not shutil.which("npm") or not shutil.which("node"):
        raise PlaygroundError("npm is not installed: install Node.js 20 or newer, then run make playground")
    _run(INSTALL, playground.FOLDER, "run npm ci in playground/ and read what it says")


def _compile(packs: dict[str, dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "stage"
        for pack, files in packs.items():
            for name, content in files.items():
                path = stage / pack / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        compiler = playground.FOLDER / "compile.mjs"
        command = ("node", str(compiler), str(stage), str(playground.PACKS))
        _run(command, playground.FOLDER, "read what playground/compile.mjs says")


def _run(command: tuple[str, ...], folder: Path, remedy: str) -> None:
    """Run a program. Raises PlaygroundError with the last line that it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip() and len(line) < 300]
        raise PlaygroundError(f"{command[0]} failed ({said[-1].strip() if said else done.returncode}): {remedy}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
