"""Files are written whole or not at all, and what a killed run has left beside them goes with the next."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.content import writing


def test_a_file_is_written_and_nothing_lies_beside_it(tmp_path):
    writing.write(tmp_path / "page.md", "中文\n")
    assert (tmp_path / "page.md").read_text("utf-8") == "中文\n"
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]


def half(path, text, encoding):
    path.write_bytes(text.encode()[:3])
    raise OSError(28, "No space left on device")


def interrupted(path, text, encoding):
    path.write_bytes(text.encode()[:3])
    raise KeyboardInterrupt


@pytest.mark.parametrize(("ended", "error"), [(half, writing.WriteFailed), (interrupted, KeyboardInterrupt)])
def test_what_was_there_stays_whole(ended, error, tmp_path, monkeypatch):
    path = tmp_path / "snippets" / "chapter" / "one.trace.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("before", "utf-8")
    original = Path.write_text
    monkeypatch.setattr(Path, "write_text", ended)
    with pytest.raises(error) as raised:
        writing.write(path, "after")
    monkeypatch.setattr(Path, "write_text", original)
    assert path.read_text("utf-8") == "before" and [*path.parent.iterdir()] == [path]
    if error is writing.WriteFailed:
        assert str(raised.value) == (
            "snippets/chapter/one.trace.jsonl: cannot be written: No space left on device; mend that, and do this again"
        )


def test_what_a_killed_run_left_is_removed_and_what_another_writes_is_not(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / "chapter").mkdir()
    names = (f".one.md.{ended.pid}.new", f".one.md.{os.getpid()}.new", ".other.new", "one.md")
    for name in names:
        (tmp_path / "chapter" / name).write_text("", "utf-8")
    writing.remove_left_behind(tmp_path)
    assert sorted(path.name for path in (tmp_path / "chapter").iterdir()) == sorted(names[1:])


def test_a_process_of_somebody_else_runs():
    assert writing.process_runs(1) and writing.process_runs(os.getpid())
