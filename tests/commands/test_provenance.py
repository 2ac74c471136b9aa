"""`make attest` writes the checksum of every file that is published, and where they come from."""

import hashlib
import json

from tools.commands import provenance

GITHUB = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "owner/name",
    "GITHUB_WORKFLOW_REF": "owner/name/.github/workflows/publish.yml@refs/heads/main",
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_EVENT_NAME": "push",
    "GITHUB_SHA": "4f2ab84",
    "GITHUB_RUN_ID": "7",
    "GITHUB_RUN_ATTEMPT": "2",
}


def site(tmp_path):
    for name in ("index.html", "zh/index.html", ".hidden/x", "checksums.txt", "checksums.txt.sigstore.json"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name, "utf-8")
    return tmp_path / "site"


def test_every_published_file_has_its_checksum(tmp_path):
    assert provenance.main([str(site(tmp_path)), str(tmp_path / "new" / "predicate.json")], GITHUB) == 0
    assert (tmp_path / "site" / "checksums.txt").read_text("utf-8") == "".join(
        f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in ("index.html", "zh/index.html")
    )


def test_the_provenance_names_repository_commit_and_run(tmp_path):
    provenance.main([str(site(tmp_path)), str(tmp_path / "predicate.json")], GITHUB)
    said = json.loads((tmp_path / "predicate.json").read_text("utf-8"))
    assert said["buildDefinition"]["externalParameters"]["workflow"] == {
        "ref": "refs/heads/main",
        "repository": "https://github.com/owner/name",
        "path": ".github/workflows/publish.yml",
    }
    (source,) = said["buildDefinition"]["resolvedDependencies"]
    assert source == {
        "uri": "git+https://github.com/owner/name@refs/heads/main",
        "digest": {"gitCommit": "4f2ab84"},
    }
    run = said["runDetails"]
    assert run["metadata"]["invocationId"] == "https://github.com/owner/name/actions/runs/7/attempts/2"
    assert run["builder"]["id"] == ("https://github.com/owner/name/.github/workflows/publish.yml@refs/heads/main")


def test_elsewhere_than_in_a_workflow_it_is_one_line_and_nothing_is_written(tmp_path, capsys):
    folder = site(tmp_path)
    assert provenance.main([str(folder), str(tmp_path / "predicate.json")], {}) == 1
    assert capsys.readouterr().err.startswith("GITHUB_SERVER_URL is not set: only a workflow of GitHub can attest")
    assert not (tmp_path / "predicate.json").exists()
    assert provenance.main([str(tmp_path / "none"), "x"], GITHUB) == 1
    assert capsys.readouterr().err.endswith("is no folder: run make site first\n")
