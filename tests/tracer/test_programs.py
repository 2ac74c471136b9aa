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


def start(folder: Path, *command: object, encoding: str = "utf-8") -> subprocess.Popen:
    folder.mkdir(exist_ok=True)
    paths = os.pathsep.join([str(HERE / "counting"), str(ROOT)])
    environment = os.environ | {"PYTHONPATH": paths, "STATEMENTS": str(folder), "PYTHONIOENCODING": encoding}
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


SUITE = """
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

@pytest.fixture
def session(tmp_path):
    with Session(create_engine(f"sqlite:///{tmp_path}/suite.db")) as session:
        yield session

def test_connects(session):
    session.connection()

def test_fails(session):
    number = 1
    assert number == 2, "on purpose"
"""


@pytest.mark.time_limit(90)
def test_a_test_run_shows_its_lines_and_fails_as_before(tmp_path):
    for folder in ("plain", "traced"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "test_it.py").write_text(SUITE, "utf-8")
    options = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header")
    both = start(tmp_path / "plain", *options), start(tmp_path / "traced", "-m", "tracer", *options)
    plain, traced = finished(both[0], tmp_path / "plain"), finished(both[1], tmp_path / "traced")
    varies = re.compile(rb"0x[0-9a-f]+|in [0-9.]+s")
    printed, _, trace = varies.sub(b"", traced.output).partition(b"   1 L")
    assert printed.decode() == varies.sub(b"", plain.output).decode()
    assert (traced.errors, traced.status) == (plain.errors, plain.status) == (b"", 1)
    assert b"test_it.py: session.connection()\n" in trace
    assert b"test_it.py: assert number == 2" in trace


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_in_any_encoding(tmp_path, encoding):
    program = tmp_path / "program.py"
    program.write_text("from sqlalchemy.orm import Session\ns = Session()\n", "utf-8")
    shown = finished(start(tmp_path / "traced", "-m", "tracer", program, encoding=encoding), tmp_path / "traced")
    assert (shown.status, shown.errors) == (0, b"")
    assert rb'variables: s "\u2192s1"' in shown.output


def test_json_has_standard_output_for_itself(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import subprocess, sys\nfrom sqlalchemy.orm import Session\ns = Session()\nprint('é', flush=True)\n"
        "subprocess.run([sys.executable, '-c', 'print(1)'], check=True)\n",
        "utf-8",
    )
    shown = finished(
        start(tmp_path / "traced", "-m", "tracer", "--json", program, encoding="ascii:replace"), tmp_path / "traced"
    )
    assert [json.loads(line).get("lines") for line in shown.output.splitlines()] == [None, [3, 3], [4, 4], [5, 5]]
    assert shown.errors == b"?\n1\n"
