"""`make attest` lists what the site is made of, or says in one line why it cannot."""

import json
import re

import pytest
import sqlalchemy

from tests.conftest import replace
from tools.commands import sbom
from tools.content import requirements
from tools.content.repository import ROOT


@pytest.fixture
def lock(tmp_path):
    """The lock, with the version of SQLAlchemy that is installed: newer ones are tested, too."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    path = tmp_path / "requirements.txt"
    path.write_text(re.sub(r"(?m)^sqlalchemy==\S+", f"sqlalchemy=={sqlalchemy.__version__}", text), "utf-8")
    return path


def test_the_list_names_what_is_installed_and_who_needs_it(lock):
    found = sbom.sbom(lock=lock)
    components = {component["name"]: component for component in found["components"]}
    named = {one.name: one.version.removeprefix("==") for one in requirements.named(ROOT / "requirements.in")}
    named["sqlalchemy"] = sqlalchemy.__version__
    assert {name: components[name]["version"] for name in named} == named
    assert components["flask"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    needs = {one["ref"]: one["dependsOn"] for one in found["dependencies"]}
    references = {component["bom-ref"] for component in found["components"]}
    assert len(references) == len(components) and needs.keys() == references | {"site"}
    assert {one for needed in needs.values() for one in needed} <= references
    direct = {one.rpartition("@")[0].removeprefix("pkg:pypi/") for one in needs["site"]}
    assert direct == named.keys() | {"pkg:npm/pyodide", "pkg:npm/ws", "pkg:npm/%40types/emscripten"}
    assert components["pyodide"]["licenses"] == [{"expression": "MPL-2.0"}]
    assert any("/werkzeug@" in one for one in needs[components["flask"]["bom-ref"]])


def test_a_commit_gives_one_list(lock, tmp_path, monkeypatch):
    original = sbom.sbom
    monkeypatch.setattr(sbom, "sbom", lambda: original(lock=lock))
    texts = []
    for _ in range(2):
        assert sbom.main([str(tmp_path)]) == 0
        texts.append((tmp_path / sbom.FILE).read_text("utf-8"))
    assert texts[0] == texts[1] and json.loads(texts[0])["bomFormat"] == "CycloneDX"


def test_another_version_than_the_locked_is_one_line(lock, tmp_path, monkeypatch, capsys):
    version = requirements.locked(lock)[0]["aiosqlite"].version
    replace(lock, f"aiosqlite=={version}", "aiosqlite==0.0.1")
    original = sbom.sbom
    monkeypatch.setattr(sbom, "sbom", lambda: original(lock=lock))
    assert sbom.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"requirements.txt:3: aiosqlite is 0.0.1 here, and {version} is installed: "
        "remove .venv/installed and run make site again\n"
    )


def test_without_a_site_it_is_one_line(tmp_path, capsys):
    assert sbom.main([str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'} is no folder: run make site first\n"


def test_without_a_commit_it_is_one_line(repository, monkeypatch, capsys):
    original = sbom.sbom
    monkeypatch.setattr(sbom, "sbom", lambda: original(repository.root))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.root.parent))
    assert sbom.main([str(repository.root)]) == 1
    assert capsys.readouterr().err == (
        "git does not say which commit this is: run it in a clone, where git is installed\n"
    )
