"""Ctrl-C ends a command with one line, whatever it does at that moment."""

import functools
import os
import signal
import socket
import subprocess
import sys

import pytest

from tools.content.repository import ROOT


@pytest.fixture
def waiting():
    """A server that takes connections and says nothing: a command that asks it has begun, and waits."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


@pytest.mark.parametrize("command", ["record", "check_one"])
def test_ctrl_c_is_one_line(command, waiting):
    pytest.importorskip("pymysql")  # make check has it; make test needs no driver of a server
    environment = os.environ | {"DATABASE_URL": f"mariadb+pymysql://x@127.0.0.1:{waiting.getsockname()[1]}/"}
    run = subprocess.Popen(
        [sys.executable, "-m", f"tools.commands.{command}"],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # ignored in a background job
    )
    with waiting.accept()[0]:
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=30)[0] == "ended by Ctrl-C: what was written before is whole\n"
    assert run.returncode == -signal.SIGINT


def test_other_errors_keep_their_traceback():
    program = "import sys; sys.argv[0] = '-m'; import tools; sys.argv[0] = 'x'; raise ValueError('why')"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr.startswith("Traceback") and run.stderr.endswith("ValueError: why\n")


def test_whoever_imports_the_tools_keeps_what_python_says():
    program = "import sys, tools; print(sys.excepthook is sys.__excepthook__)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout == "True\n"
