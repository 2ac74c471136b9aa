"""Every fault of the catalogue (*.toml) is noticed by the command that it names, in one line that says what to do.

Those that need the whole repository, or a program of its own, run with PLANTED=all, which `make check` sets.
"""

import ast
import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.planted import catalogue
from tools.checks.check import CHECKS
from tools.content.repository import ROOT

FAULTS = catalogue.read()
ASKED = [fault for fault in FAULTS if not fault.whole or os.environ.get("PLANTED") == "all"]
CHECKED = [fault for fault in FAULTS if fault.command == "tools.checks" and not fault.reader]
FINDERS = ["tools/checks", "tools/content/snippets.py", "tools/content/translation.py", "tools/run/markers.py"]
FINDERS += [
    "tools/run/story_facts.py",
    "tools/tables/proven.py",
    "tools/tables/proof.py",
    "tools/tables/proof_checks.py",
]
MESSAGES = ("Problem", "SnippetError", "RecordError", "MarkerError", "FactsError", "TableError")


@pytest.mark.parametrize("fault", ASKED, ids=str)
def test_a_fault_is_noticed(repository, tmp_path_factory, fault):
    planted = catalogue.whole(tmp_path_factory.mktemp("whole") / "copy") if fault.whole else repository
    fault.put(planted)
    lines = fault.said(planted)
    there = "\n".join(["there:", *lines])
    if fault.reader:
        assert not lines, f"seen after all: move it to the file of the check that sees it; {there}"
    else:
        assert fault.is_noticed(lines), f"missing: {fault.message}\n{there}"
    assert not any("Traceback" in line for line in lines), there


def test_every_fault_is_whole():
    twice = [name for name, number in Counter(map(str, FAULTS)).items() if number > 1]
    assert not twice, f"give each a name of its own: {twice}"
    for fault in FAULTS:
        assert fault.plant and bool(fault.message) != bool(fault.reader), f"{fault}: write a message, or why a reader"
        assert fault.command.split()[0] in catalogue.COMMANDS, f"{fault}: no such command"
        assert fault.reader or fault.group == "audit" or re.search("[:;,] ", fault.message), f"{fault}: no remedy"


def test_every_check_and_every_message_of_theirs_is_planted(repository, tmp_path_factory):
    reached: set[tuple[str, int]] = set()
    watched = {str(path) for name in FINDERS for path in ([*(ROOT / name).glob("*.py")] or [ROOT / name])}

    def line(frame, event, argument):
        reached.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    finders = set()
    for number, fault in enumerate(CHECKED):
        copy = type(repository)(tmp_path_factory.mktemp("fault") / str(number))
        shutil.copytree(repository.root, copy.root)
        fault.put(copy)
        before = sys.gettrace()
        sys.settrace(lambda frame, *rest: line if frame.f_code.co_filename in watched else None)
        try:
            for one in CHECKS:
                if one not in finders and fault.is_noticed(catalogue.problems(copy, [one])):
                    finders.add(one)
            catalogue.problems(copy)
        finally:
            sys.settrace(before)
    assert finders == set(CHECKS), "plant a fault for each of these"
    missing = [
        f"{Path(name).relative_to(ROOT)}:{call.lineno}: no planted fault comes here: add one to tests/planted/"
        for name in sorted(watched)
        for call in _messages(Path(name))
        if not any((name, number) in reached for number in range(call.lineno, call.end_lineno + 1))
    ]
    assert not missing, "\n".join(missing)


def _messages(path: Path) -> list[ast.Call]:
    """Where a file makes a message."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MESSAGES]
