"""What a build of the site takes, in a process of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

BUILDS = 3


class BuildFailed(Exception):
    """mkdocs ended with an error: one line that names the folder and the remedy."""


@dataclass
class Build:
    """User CPU in s, peak memory in MB, wall clock in s."""

    cpu: float
    memory: float
    wall: float


def best(root: Path, site: Path, times: int = BUILDS) -> Build:
    """Build both languages of the project at `root` into `site`, several times, and return the least of each figure.

    Whatever else the machine does can only add to them. Raises BuildFailed.
    """
    made = [_build(root, site) for _ in range(times)]
    return Build(*(min(getattr(build, what) for build in made) for what in ("cpu", "memory", "wall")))


def environment(**more: str) -> dict[str, str]:
    """The environment for mkdocs. Modules are compiled once, not by every build."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "ONLY")}
    return kept | {"NO_MKDOCS_2_WARNING": "1", **more}


def _build(root: Path, site: Path) -> Build:
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    process = subprocess.Popen(command, cwd=root, env=environment(), stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise BuildFailed(f"the site in {root} could not be built: run make site there")
    return Build(usage.ru_utime, usage.ru_maxrss / 1024, time.perf_counter() - started)
