"""Programs of other kinds than ours: traced, they print, fail and end as they do without the tracer."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.content.repository import ROOT

HERE = Path(__file__).parent
PROGRAMS = sorted(path.name for path in (HERE / "programs").glob("*.py"))
DATA = re.compile(r'<script type="application/json">(.*?)</script>', re.S)


@dataclass
class Run:
    """What a run of a program left behind; `statements`: how many a listener outside the tracer counted."""

    output: bytes
    errors: bytes
    status: int
    statements: int


def start(folder: Path, *command: object) -> subprocess.Popen:
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": f"{HERE / 'counting'}{os.pathsep}{ROOT}", "STATEMENTS": str(folder)}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finished(process: subprocess.Popen, folder: Path) -> Run:
    output, errors = process.communicate(timeout=60)
    return Run(output, errors, process.returncode, int((folder / str(process.pid)).read_text("utf-8")))


@pytest.mark.time_limit(90)
@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_does_the_same_when_it_is_traced(tmp_path, name):
    program = HERE / "programs" / name
    both = (
        start(tmp_path / "plain", program),
        start(tmp_path / "traced", "-m", "tracer", "--max-steps", 2000, "--html", "page.html", program),
    )
    plain, traced = finished(both[0], tmp_path / "plain"), finished(both[1], tmp_path / "traced")
    assert traced.output.decode() == plain.output.decode(), "the tracer has changed what the program prints"
    assert traced.errors.decode() == plain.errors.decode(), "the tracer has changed what goes to stderr"
    assert traced.status == plain.status, "the tracer has changed the exit status"
    page = (tmp_path / "traced" / "page.html").read_text("utf-8")
    stops = json.loads(DATA.search(page)[1])["stops"]
    recorded = sum(stop.get("sql", len(stop.get("sent", ()))) for stop in stops)
    assert recorded == plain.statements == traced.statements, "the recording lacks statements that were sent"
    assert len(page) < 1_000_000
    assert "<b>.db" not in page and "row of <b>" not in page, "a table's name is markup on the page"
