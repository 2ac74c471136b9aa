"""The command line."""

import functools
import json
import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

import tracer
from tracer import facts
from tracer.__main__ import INTERRUPTED, main

ROOT = Path(tracer.__file__).parent.parent
PROGRAM = """from sqlalchemy import create_engine
from sqlalchemy.orm import Session
import sys
session = Session(create_engine("sqlite:///here.db"))
session.connection()
#> BEGIN
print("hello", sys.argv, __name__)
#> prints hello…
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["python"])
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    monkeypatch.setattr(sys, "stdin", None)


def program(text, name="program.py"):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return name


def test_a_trace_as_text(capsys):
    assert main([program(PROGRAM), "--own", "x"]) == 0
    out, err = capsys.readouterr()
    assert "   2 L5    session.connection()" in out
    assert "| begin     c1" in out
    assert out.startswith("hello ['program.py', '--own', 'x'] __main__\n")
    assert """| output    "hello ['program.py', '--own', 'x'] __main__\\n\"""" in out
    assert err == ""
    assert "\033" not in out


def test_a_trace_as_json(capsys):
    assert main(["--json", program(PROGRAM)]) == 0
    out, err = capsys.readouterr()
    head, *steps = map(json.loads, out.splitlines())
    assert err == "hello ['program.py'] __main__\n"
    assert head["program"] == "program.py"
    assert len(steps) == 3


def test_a_trace_as_a_page(capsys, monkeypatch):
    page = types.ModuleType("tracer.html")
    page.page = lambda recording, source, language, sources: f"{recording.program} {len(source)} {language} é"
    monkeypatch.setitem(sys.modules, "tracer.html", page)
    monkeypatch.setattr(tracer, "html", page, raising=False)
    assert main(["--html", "page.html", "--lang", "zh", program(PROGRAM)]) == 0
    assert Path("page.html").read_text("utf-8") == f"program.py {len(PROGRAM)} zh é"
    assert capsys.readouterr().out.startswith("hello ['program.py']")


@pytest.mark.parametrize(("path", "why"), [("missing/page.html", "No such file or directory"), (".", "Is a directory")])
def test_a_page_that_cannot_be_written_is_told_before_the_program_runs(capsys, path, why):
    assert main(["--html", path, program("open('it ran', 'w').close()\n")]) == 2
    assert capsys.readouterr() == ("", f"tracer: {path}: cannot be written: {why}\n")
    assert not Path("it ran").exists()


def test_to_ask_whether_a_page_can_be_written_leaves_none(capsys):
    assert main(["--html", "page.html", program("import os\nassert not os.path.exists('page.html')\n")]) == 2
    assert capsys.readouterr().err == "tracer: program.py: nothing to show: it used no Session\n"
    assert not Path("page.html").exists()


def test_a_module_inside_a_package(capsys):
    program("name = 'neighbour'\n", "pack/inner/other.py")
    program("", "pack/__init__.py")
    program("", "pack/inner/__init__.py")
    program(
        "from .other import name\nfrom sqlalchemy.orm import Session\n"
        "s = Session()\nprint(name, __spec__.name)\n#> prints a\n",
        "pack/inner/__main__.py",
    )
    assert main(["-m", "pack.inner", "argument"]) == 1
    out, err = capsys.readouterr()
    assert "neighbour pack.inner.__main__" in out
    assert err == 'pack/inner/__main__.py:5: "prints a" does not hold; printed: neighbour pack.inner.__main__\n'
    assert sys.argv == [str(Path("pack/inner/__main__.py").resolve()), "argument"]


def test_a_program_finds_what_lies_beside_it(capsys):
    program("name = 'neighbour'\n", "folder/beside.py")
    program("from beside import name\nfrom sqlalchemy.orm import Session\ns = Session()\nprint(name)\n", "folder/it.py")
    assert main(["folder/it.py"]) == 0
    assert '"neighbour\\n"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n#> no SQL\n", "program.py:4: #> must stand directly under a statement, at its indentation\n"),
        ("x = 1\n#> is odd\n", f'program.py:4: "is odd" is not a fact: say one of {facts.GRAMMAR}\n'),
        ("x = 1\n#> INSERT a\n", 'program.py:4: "INSERT a" does not hold; sent: nothing\n'),
    ],
)
def test_checked_comments_that_do_not_hold(capsys, text, said):
    assert main([program(f"from sqlalchemy.orm import Session\ns = Session()\n{text}")]) == 1
    out, err = capsys.readouterr()
    assert "s = Session()" in out
    assert err == said


@pytest.mark.parametrize(
    ("last", "said", "status"),
    [
        ("raise SystemExit(3)", "! the program ended with SystemExit: 3", 3),
        ("raise SystemExit('bye')", "! the program ended with SystemExit: bye", 1),
        ("raise SystemExit", "", 0),
        ("1 / 0", "! the program ended with ZeroDivisionError: division by zero", 1),
        ("raise KeyboardInterrupt", "! the program ended with KeyboardInterrupt", INTERRUPTED),
    ],
)
def test_how_the_program_ended(capsys, last, said, status):
    assert main([program(f"from sqlalchemy.orm import Session\ns = Session()\n{last}\n")]) == status
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "program.py: cannot be read: No such file or directory"),
        (b"\xff\xfe\x00", "program.py: is no Python program: not text in the encoding it should have"),
        (b"x = (\n", "program.py:1: does not parse: '(' was never closed"),
        (b"x = 1\0\n", "program.py:1: does not parse: source code string cannot contain null bytes"),
        (b"x = 1\n", "program.py: nothing to show: it used no Session"),
    ],
)  # fmt: skip
def test_what_cannot_be_traced_says_why_in_one_line(capsys, text, said):
    if text is not None:
        Path("program.py").write_bytes(text)
    assert main(["program.py"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"tracer: {said}\n")


@pytest.mark.parametrize("module", ["nothing_like_it", "sys", "json.nothing", "collections"])
def test_a_module_that_cannot_be_traced_says_why(capsys, module):
    assert main(["-m", module]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"tracer: {module}")
    assert err.count("\n") == 1


def test_a_folder_is_no_program(capsys):
    Path("folder").mkdir()
    assert main(["folder"]) == 2
    assert capsys.readouterr().err == "tracer: folder: cannot be read: Is a directory\n"


def test_without_a_program_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2
    assert "name a program" in capsys.readouterr().err


def test_an_encoding_that_the_program_declares(capsys):
    text = "# -*- coding: latin-1 -*-\nfrom sqlalchemy.orm import Session\ns = Session()\nprint('é')\n"
    Path("program.py").write_bytes(text.encode("latin-1"))
    assert main(["program.py"]) == 0
    assert '"é\\n"' in capsys.readouterr().out


def test_at_most_so_many_steps(capsys):
    assert main(["--max-steps", "2", program(PROGRAM)]) == 1
    out, err = capsys.readouterr()
    assert "recording stopped after 2 steps" in out
    assert err == 'program.py:8: "prints hello…" was not checked: recording had stopped\n'


def test_options_after_the_program_are_explained(capsys):
    text = "import sys\nfrom sqlalchemy.orm import Session\ns = Session()\nprint(sys.argv[1:])\n"
    assert main([program(text), "--html", "x.html", "--lang=zh", "--own"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("['--html', 'x.html', '--lang=zh', '--own']\n")
    assert err == "tracer: --html, --lang=zh went to the program: options of the tracer stand before its name\n"


def test_options_after_a_module_are_its_own(capsys):
    program("import sys\nfrom sqlalchemy.orm import Session\ns = Session()\nprint(sys.argv[1:])\n", "own.py")
    assert main(["-m", "own", "-q", "--flag", "-m", "x"]) == 0
    assert capsys.readouterr().out.startswith("['-q', '--flag', '-m', 'x']\n")


def test_recording_stops_at_a_deadline(capsys):
    text = "import time\nfrom sqlalchemy.orm import Session\ns = Session()\ntime.sleep(0.6)\nx = 1\nprint('end')\n"
    assert main(["--deadline", "0.5", program(text)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("end\n")
    assert "! recording stopped after 0.5 seconds, the program went on" in out
    assert "print('end')" not in out


def test_as_a_command_and_interrupted(tmp_path):
    program("""import time
from sqlalchemy.orm import Session
s = Session()
open("ready", "w").close()
time.sleep(60)
""")
    command = [sys.executable, "-m", "tracer", "program.py"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    # A shell that runs the tests in the background has them ignore Ctrl-C, and what they start inherits that.
    heed = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    run = subprocess.Popen(command, **pipes, text=True, env=environment, preexec_fn=heed)
    for _ in range(200):
        if Path("ready").exists():
            break
        time.sleep(0.05)
    time.sleep(0.2)  # until it sleeps
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert run.returncode == -signal.SIGINT
    assert "L3    s = Session()" in out
    assert "| exception KeyboardInterrupt" in out
    assert "! the program ended with KeyboardInterrupt" in out
    assert err.startswith("Traceback (most recent call last):\n  File ")
    assert err.endswith("line 5, in <module>\n    time.sleep(60)\nKeyboardInterrupt\n")
