"""What the page about the tracer says: its commands run, and print what it shows."""

import os
import subprocess
import sys

import pytest

from tools.content import snippets
from tools.content.pages import SOURCE, Page
from tools.content.repository import ROOT

NAME = "start/trace-your-program.md"
PAGE = Page(ROOT / "docs" / SOURCE / NAME, SOURCE, NAME)
FENCES = [fence for section in PAGE.sections for fence in section.fences]
COMMANDS = [
    line for fence in FENCES for line in fence.text.splitlines() if fence.language == "sh" and "-m tracer" in line
]
STEP, WRONG = (fence.text for fence in FENCES if fence.language == "text")


@pytest.fixture
def program(tmp_path):
    """The page's program, saved as the reader saves it."""
    (include,) = PAGE.fences[0].includes
    path = tmp_path / "my_program.py"
    path.write_text(snippets.source(ROOT / "snippets", include)[1].lstrip("\n"), "utf-8")
    return path


def run(command: str, folder) -> subprocess.CompletedProcess:
    arguments = [sys.executable if word == "python" else word for word in command.split()]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_page_runs(program, command):
    done = run(command, program.parent)
    assert done.returncode == 0, f"docs/*/{NAME}: mend `{command}`: {done.stderr}"


def test_the_step_that_the_page_shows_is_printed(program):
    assert STEP in run(COMMANDS[0], program.parent).stdout, f"copy what the tracer prints into docs/*/{NAME}"


def test_html_is_written_and_the_program_prints_as_usual(program):
    done = run(COMMANDS[1], program.parent)
    page = (program.parent / "steps.html").read_text("utf-8")
    assert done.stdout == "Ursula\n"
    addresses = page.replace("http://www.w3.org/2000/svg", "")  # a name, not an address
    assert "http://" not in addresses and "https://" not in addresses


def test_a_wrong_comment_is_listed_as_the_page_says(program):
    claim = WRONG.split('"')[1]
    text = program.read_text("utf-8").replace("session.commit()\n", f"session.commit()\n    #> {claim}\n")
    program.write_text(text, "utf-8")
    done = run(COMMANDS[0], program.parent)
    assert (done.stderr, done.returncode) == (WRONG, 1), f"mend docs/*/{NAME}"


def test_lines_of_a_module_beside_the_program_are_shown(program):
    (program.parent / "other.py").write_text("def save(session):\n    session.commit()\n", "utf-8")
    text = program.read_text("utf-8").replace("session.commit()", "save(session)")
    program.write_text(f"from other import save\n{text}", "utf-8")
    shown = run(COMMANDS[0], program.parent).stdout
    assert "INSERT INTO author" in shown.partition("other.py: session.commit()\n")[2].partition("print(")[0]


def test_a_database_in_memory_has_no_other_connection(program):
    program.write_text(program.read_text("utf-8").replace("sqlite:///traced.db", "sqlite://"), "utf-8")
    shown = run(COMMANDS[0], program.parent).stdout
    assert "@ author" not in shown
