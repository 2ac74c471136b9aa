"""Facts that the build puts into pages."""

import json

import pytest
from markdown import Markdown

from tools.content.repository import ROOT
from tools.site import placeholders, settings


@pytest.fixture
def root(tmp_path):
    for number, version in enumerate(("2.0.58", "2.1.9", "2.1.10", "2.1.9")):
        path = tmp_path / "snippets" / "chapter" / f"story_{number}.trace.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"sqlalchemy": version}) + "\n{}\n", "utf-8")
    (tmp_path / "locale").symlink_to(ROOT / "locale")
    return tmp_path


def drawn(text, root, language="en"):
    options = {"language": language, "page": "index.md", "root": str(root), "repository": "https://owner.example/code"}
    extension = "tools.site.extension"
    return Markdown(extensions=[extension], extension_configs={extension: options}).convert(text)


def test_versions_are_those_of_the_recordings(root):
    assert placeholders.sqlalchemy_versions(root) == ["2.1.10", "2.1.9", "2.0.58"]
    assert drawn("Run on [[sqlalchemy]].", root) == "<p>Run on 2.1.10 and 2.1.9 and 2.0.58.</p>"
    assert "2.1.10 和 2.1.9" in drawn("[[sqlalchemy]]", root, "zh")


def test_the_repository_is_the_one_that_publishes(root):
    assert settings.repository("https://github.com/me/fork/edit/main") == "https://github.com/me/fork"
    assert 'href="https://owner.example/code"' in drawn("See <[[repository]]>.", root)
    assert "https://owner.example/code\n</code>" in drawn("```sh\ngit clone [[repository]]\n```", root)


def test_an_unknown_name_is_a_fault(root, caplog):
    assert "[[version]]" in drawn("On [[version]].", root)
    assert "docs/en/index.md: [[version]] stands for nothing: write [[sqlalchemy]] or [[repository]]" in caplog.text


def test_other_brackets_stay(root):
    assert '[[1, "Ursula"]]' in drawn('```text\n[[1, "Ursula"]]\n```', root).replace("&quot;", '"')
