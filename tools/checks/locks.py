"""Locks: each holds what its sources name, at that version and with hashes, and nothing that nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tools.checks.problem import Problem
from tools.content import requirements
from tools.content.repository import Repository
from tools.content.requirements import Locked, Named, Unread

LOCKS = {  # of each lock: the files that it is made from; a later one takes the place of an earlier one's version
    "requirements.txt": ("requirements.in",),
    ".ci/requirements.txt": (".ci/requirements.in",),
    ".ci/requirements-2.0.txt": ("requirements.in", ".ci/databases.in", ".ci/sqlalchemy-2.0.in"),
    ".ci/attest.txt": (".ci/attest.in",),
}
NPM = ("playground/package.json", "playground/package-lock.json")
NPM_AGAIN = "delete package-lock.json and run npm install --package-lock-only in playground/"


def check_locks(repository: Repository) -> Iterator[Problem]:
    """Every package has its exact version, its reason, and its place in a lock, which holds nothing else."""
    for lock, sources in LOCKS.items():
        try:
            named = [one for source in sources for one in requirements.named(repository.root / source)]
            locked, unread = requirements.locked(repository.root / lock)
        except (OSError, UnicodeDecodeError) as error:
            yield Problem(repository.root / lock, 0, f"or what it is made from cannot be read ({error}): restore it")
            continue
        for line in (*unread, *(one for one in named if isinstance(one, Unread))):
            what = f"'{line.text[:60]}' is no package with a version: an address or an option has no place here"
            yield Problem(line.path, line.line, f"{what}: delete it, or run make lock")
        chosen = {one.name: one for one in named if isinstance(one, Named)}
        yield from _chosen(chosen, locked, lock)
        yield from _locked(chosen, locked, repository.root / lock)


def _chosen(chosen: dict[str, Named], locked: dict[str, Locked], lock: str) -> Iterator[Problem]:
    for one in chosen.values():
        held = locked.get(one.name)
        if not one.version.startswith("==") or "*" in one.version:
            yield Problem(one.path, one.line, f"{one.name} has no exact version: write {one.name}==… and run make lock")
        elif held is None:
            yield Problem(one.path, one.line, f"{one.name} is not in {lock}: run make lock")
        elif f"=={held.version}" != one.version:
            what = f"{one.name} is {one.version.removeprefix('==')} here and {held.version} in {lock}"
            yield Problem(one.path, one.line, f"{what}: run make lock")
        if not one.reason:
            yield Problem(one.path, one.line, f"{one.name} has no reason: say behind a # what we need it for")


def _locked(chosen: dict[str, Named], locked: dict[str, Locked], path: Path) -> Iterator[Problem]:
    for held in locked.values():
        if not held.hashes:
            yield Problem(path, held.line, f"{held.name} has no hash: run make lock")
        asked = held.name in chosen
        by_file = any(via.startswith(("-r ", "--override ")) for via in held.via)
        by_package = any(requirements.normal(via) in locked for via in held.via)
        if not by_package and not asked:
            what = "which its .in file does not name" if by_file else "which nothing needs"
            yield Problem(path, held.line, f"holds {held.name}, {what}: run make lock")


def check_npm_lock(repository: Repository) -> Iterator[Problem]:
    """What npm installs has its exact version and hashes, and comes from wherever the installing machine looks."""
    path, lock = (repository.root / name for name in NPM)
    try:
        named = json.loads(path.read_text("utf-8"))["dependencies"]
        packages = json.loads(lock.read_text("utf-8"))["packages"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Problem(lock, 0, f"or package.json cannot be read ({type(error).__name__}): restore it")
        return
    for name, version in named.items():
        held = packages.get(f"node_modules/{name}", {}).get("version")
        if held != version:
            yield Problem(path, 0, f"{name} is {version} here and {held or 'missing'} in the lock: {NPM_AGAIN}")
    for place, package in packages.items():
        if not place:
            continue
        if not str(package.get("integrity", "")).startswith("sha512-"):
            yield Problem(lock, 0, f"{place} has no sha512 hash: {NPM_AGAIN}")
        if "resolved" in package:
            yield Problem(lock, 0, f"{place} names the address that it came from: {NPM_AGAIN}, where .npmrc omits it")
