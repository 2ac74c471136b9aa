"""The command that makes the packs: what it says where it cannot, and that it makes nothing twice."""

import shutil

import pytest

from tools.commands import playground as command
from tools.site import playground


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """No packs, and nothing that npm has installed."""
    monkeypatch.setattr(playground, "PACKS", tmp_path)
    monkeypatch.setattr(command, "INSTALLED", tmp_path / "not there")
    playground.manifest.cache_clear()
    yield tmp_path
    playground.manifest.cache_clear()


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--required"], 1)])
def test_without_npm_one_line_says_what_is_left_out(empty, monkeypatch, capsys, arguments, status):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert command.main(arguments) == status
    said = "playground: left out, because npm is not installed: install Node.js 20 or newer, then run make playground\n"
    assert capsys.readouterr() == ("", said)


def test_a_program_that_fails_is_told_in_one_line(tmp_path):
    with pytest.raises(command.PlaygroundError, match=r"^sh failed \(no such thing\): mend it$"):
        command._run(("sh", "-c", "echo no such thing >&2; exit 3"), tmp_path, "mend it")


def test_packs_of_today_are_not_made_again(empty, monkeypatch, capsys):
    (empty / "fingerprint").write_text(playground.fingerprint(playground.sources()), "utf-8")
    (empty / "manifest.json").write_text('{"packs": {"runtime": {"file": "runtime-0.pack", "size": 1234}}}', "utf-8")
    monkeypatch.setattr(command, "_install", lambda: pytest.fail("installs"))
    assert command.main([]) == 0
    assert capsys.readouterr().out == "runtime-0.pack: 1,234 bytes\n"
