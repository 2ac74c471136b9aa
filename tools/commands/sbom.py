"""List what the site is made of, in SITE/sbom.cdx.json: `python -m tools.commands.sbom SITE`, or `make attest`.

The list is CycloneDX: the packages of requirements.txt that are installed here, and those that npm locks for the
playground. The same commit gives the same list.
"""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.content import requirements
from tools.content.repository import ROOT

FILE = "sbom.cdx.json"
LOCK = "requirements.txt"
NPM_LOCK = Path("playground", "package-lock.json")


class SbomError(Exception):
    """A list that would not be true: one line with the remedy."""


def sbom(root: Path = ROOT, lock: Path | None = None) -> dict[str, Any]:
    """The list as data, from the repository's own lock or another one. Raises SbomError."""
    locked, _ = requirements.locked(lock or root / LOCK)
    installed = {}
    for name, held in locked.items():
        try:
            installed[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # it is for another system
        if installed[name].version != held.version:
            raise SbomError(
                f"{LOCK}:{held.line}: {name} is {held.version} here, and {installed[name].version} is installed: "
                "remove .venv/installed and run make site again"
            )
    commit, date = _git(root, "%H"), _git(root, "%cI")
    browser = list(_npm_components(root))
    needs: dict[str, list[str]] = {name: [] for name in installed}
    for name in installed:
        for via in locked[name].via:
            needs.get(requirements.normal(via), []).append(_purl(name, locked[name].version))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": date,
            "component": {"type": "application", "bom-ref": "site", "name": "sqlalchemy-session", "version": commit},
        },
        "components": [
            *(_component(name, locked[name].version, installed[name]) for name in sorted(installed)),
            *browser,
        ],
        "dependencies": [
            {
                "ref": "site",
                "dependsOn": [
                    _purl(name, locked[name].version)
                    for name in sorted(installed)
                    if any(via.startswith("-r ") for via in locked[name].via)
                ]
                + [component["bom-ref"] for component in browser],
            },
            *({"ref": component["bom-ref"], "dependsOn": []} for component in browser),
            *({"ref": _purl(name, locked[name].version), "dependsOn": sorted(needs[name])} for name in sorted(needs)),
        ],
    }


def _component(name: str, version: str, installed: importlib.metadata.Distribution) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": _purl(name, version),
        "name": name,
        "version": version,
        "purl": _purl(name, version),
    }
    if expression := installed.metadata.get("License-Expression"):
        component["licenses"] = [{"expression": expression}]
    return component


def _npm_components(root: Path) -> Iterator[dict[str, Any]]:
    """What the playground is made of beside Python's packages."""
    packages = json.loads((root / NPM_LOCK).read_text("utf-8"))["packages"]
    for place, held in sorted(packages.items()):
        if not place:
            continue
        name = place.removeprefix("node_modules/")
        purl = f"pkg:npm/{name.replace('@', '%40')}@{held['version']}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": held["version"],
            "purl": purl,
            "licenses": [{"expression": held["license"]}],
        }


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def _git(root: Path, what: str) -> str:
    """What git says of the commit that is checked out. Raises SbomError."""
    command = ["git", "-C", str(root), "log", "-1", f"--format={what}"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        raise SbomError("git does not say which commit this is: run it in a clone, where git is installed") from None


def main(arguments: list[str]) -> int:
    """Write the list; return the exit status."""
    site = Path(arguments[0] if arguments else "site")
    try:
        if not site.is_dir():
            raise SbomError(f"{site} is no folder: run make site first")
        text = json.dumps(sbom(), indent=1) + "\n"
    except SbomError as error:
        print(error, file=sys.stderr)
        return 1
    (site / FILE).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
