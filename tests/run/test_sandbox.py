"""Programs run apart, for a limited time, and leave nothing behind."""

import functools
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tools.content.repository import ROOT
from tools.run import sandbox
from tools.run.sandbox import ProgramFailed, apart


@pytest.fixture
def story(tmp_path, monkeypatch):
    """A story of the given lines, which may run a second; its folders lie in one of their own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(sandbox, "STORY_SECONDS", 1)
    path = tmp_path / "snippets" / "chapter" / "story.py"
    path.parent.mkdir(parents=True)

    def written(text: str) -> Path:
        path.write_text(text, "utf-8")
        return path

    yield written
    assert [*(tmp_path / "temporary").iterdir()] == []


def run(program: Path) -> str:
    sandbox.run(program)
    return "ran"


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ],
)
def test_a_story_that_does_not_end_is_ended(story, text):
    began = time.monotonic()
    ((_, result),) = apart(run, [story(text)])
    assert isinstance(result, ProgramFailed)
    assert str(result).startswith("snippets/chapter/story.py: still runs after 1 s and was ended: look for a loop")
    assert time.monotonic() - began < 20


def test_a_thread_that_is_left_does_not_hold_it_up(story):
    began = time.monotonic()
    text = "import threading, time; threading.Thread(target=time.sleep, args=(60,), name='late').start()"
    ((_, result),) = apart(run, [story(text)])
    assert str(result).startswith("snippets/chapter/story.py: leaves a thread behind (late): join it")
    assert time.monotonic() - began < 20


def test_others_are_not_held_up_and_come_in_order(story):
    path = story("import time; time.sleep(60)")
    quick = path.with_name("quick.py")
    quick.write_text("", "utf-8")
    assert [result == "ran" for _, result in apart(run, [quick, path, quick])] == [True, False, True]


def test_a_process_that_dies_is_named(story):
    ((_, result),) = apart(run, [story("import os; os._exit(3)")])
    assert str(result) == "snippets/chapter/story.py: the process that ran it died; run it by itself"


def test_what_a_killed_run_has_left_goes_with_the_next(story, tmp_path):
    program = (
        "import sys, tempfile, time; from pathlib import Path; from tools.run import sandbox\n"
        "tempfile.tempdir = sys.argv[2]\n"
        "def wait(program):\n    print('ready', flush=True); time.sleep(60)\n"
        "list(sandbox.apart(wait, [Path(sys.argv[1])]))\n"
    )
    path = story("")
    command = [sys.executable, "-c", program, path, tmp_path / "temporary"]
    killed = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)
    assert killed.stdout.readline() == b"ready\n"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert len([*(tmp_path / "temporary").iterdir()]) == 1
    assert [result for _, result in apart(run, [path])] == ["ran"]


BEGIN = """
import os, signal, sys, tempfile, time
from pathlib import Path
from tools.run import sandbox
tempfile.tempdir = sys.argv[2]
sandbox.STORY_SECONDS, sandbox._GRACE = 1, 0.2
def wait(program):
    print(os.getpid(), flush=True)
    while True:
        pass
"""


def test_a_program_whose_run_is_killed_ends_by_itself(story, tmp_path):
    """Nobody is left to end it."""
    command = [sys.executable, "-c", BEGIN + "list(sandbox.apart(wait, [Path(sys.argv[1])]))", story("")]
    run = subprocess.Popen([*command, tmp_path / "temporary"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert int(run.stdout.readline())
    run.kill()
    run.communicate(timeout=10)  # which waits for the program, too: it has the same output
    sandbox.remove_left_behind()


def test_ctrl_c_while_a_program_is_started_ends_it_too(story, tmp_path):
    interrupt = (
        "start = sandbox._start\n"
        "def interrupted(*rest):\n"
        "    run = start(*rest); os.kill(os.getpid(), signal.SIGINT); time.sleep(0.2); return run\n"
        "sandbox.STORY_SECONDS, sandbox._start = 60, interrupted\n"
        "list(sandbox.apart(wait, [Path(sys.argv[1])] * 2))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", BEGIN + interrupt, story(""), tmp_path / "temporary"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,  # it waits for the programs, too
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # ignored in a background job
    )
    assert run.stderr.endswith("KeyboardInterrupt\n")
