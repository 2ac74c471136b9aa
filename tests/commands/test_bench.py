"""The copy with more pages is a project like ours, and files are counted as ours or others'."""

import subprocess

import pytest

from tools.commands.bench import growth, peers, views
from tools.content.repository import Repository


def test_a_copy_has_more_chapters_of_the_same_pages(repository):
    navigation = "nav:  # all pages\n  - Home: index.md\n  - One:\n      - chapter/one-thing.md\n"
    repository.navigation.write_text(f"site_name: x\n{navigation}\nplugins: []\n", "utf-8")
    assert growth.multiply(repository.root, 3) == 6
    chapters = ["chapter", "chapter-2", "chapter-3"]
    assert Repository(repository.root).pages["zh"].keys() == {f"{chapter}/one-thing.md" for chapter in chapters}
    more = "".join(f"  - One:\n      - chapter-{number}/one-thing.md\n" for number in (2, 3))
    text = repository.navigation.read_text("utf-8")
    assert text.startswith(f"site_name: x\n{navigation}") and text.endswith("plugins: []\n")
    assert more in text.replace("\n\n", "\n")


def test_what_git_ignores_is_not_copied(repository, tmp_path_factory):
    root = repository.root
    (root / ".gitignore").write_text("site/\n", "utf-8")
    (root / "site").mkdir()
    (root / "site" / "index.html").touch()
    subprocess.run(["git", "init", "--quiet", root], check=True)
    copied = tmp_path_factory.mktemp("copied")
    growth.copy(root, copied)
    assert (copied / "docs/en/chapter/one-thing.md").is_file() and not (copied / "site").exists()


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/states/quiz/", True),
        ("/assets/stepper.en.js", True),
        ("/assets/javascripts/bundle.1.js", False),
        ("/zh/assets/stylesheets/main.1.css", False),
        ("/search/texts.json", False),
    ],
)
def test_what_is_ours(path, own):
    assert views.is_own(path) == own


def test_a_peer_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("PEER", str(tmp_path))
    monkeypatch.setenv("PEER_PAGE", "orm/")
    with pytest.raises(peers.PeerError, match="orm/index.html is not there: PEER is a folder"):
        peers.peer(tmp_path)
