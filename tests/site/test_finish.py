"""The last pass over the built folder: policy, tags, files that go; once or many times."""

import base64
import hashlib
import subprocess
import sys

import pytest

from tools.content.repository import ROOT
from tools.site import allowed_html, finish

THEMES = allowed_html.SCRIPTS.read_text("utf-8").splitlines()[-1]  # a script that the theme brings
HEAD = '<!doctype html><html lang="{}"><head><meta charset="utf-8"></head>'
BODY = '<label tabindex=""></label>{}<script>' + THEMES + "</script>"
TOGGLE = '<input class="md-toggle" type="checkbox" id="__drawer" autocomplete="off">'


@pytest.fixture
def built(tmp_path):
    """A small built site of two languages, as mkdocs leaves it."""
    for folder, language in ((tmp_path, "en"), (tmp_path / "zh", "zh-Hans")):
        for name in ("index.html", "404.html"):
            page = folder / name
            page.parent.mkdir(exist_ok=True)
            page.write_text(HEAD.format(language) + BODY.format(TOGGLE), "utf-8")
        for name, text in {
            "javascripts/bundle.js.map": "{}",
            "javascripts/lunr/min/lunr.de.min.js": "",
            "javascripts/bundle.js": "one()",
            "javascripts/workers/search.1.min.js": "",
        }.items():
            path = folder / "assets" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return tmp_path


def files(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_language_is_finished(built):
    assert finish.finish(built) == []
    found = files(built)
    for folder in ("", "zh/"):
        for page in ("index.html", "404.html"):
            html = found[folder + page].decode()
            assert html.count("Content-Security-Policy") == 1
            assert "autocomplete" not in html and "tabindex" not in html
    assert not [name for name in found if name.endswith(".map") or "lunr" in name or "workers" in name]
    assert "assets/javascripts/bundle.js" in found


def test_what_is_done_is_not_done_again(built):
    finish.finish(built)
    before = files(built)
    assert finish.finish(built) == [] and files(built) == before


def test_served_pages_have_no_policy(built):
    finish.finish(built, policy=False)
    html = files(built)["index.html"].decode()
    assert "Content-Security-Policy" not in html and "tabindex" not in html


def test_the_policy_names_the_scripts_of_the_theme_alone(built):
    finish.finish(built)
    policy = files(built)["index.html"].decode()
    digest = base64.b64encode(hashlib.sha256(THEMES.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy and "unsafe" not in policy


def test_a_script_that_the_theme_does_not_bring_is_a_line_and_gets_no_hash(built):
    page = built / "zh" / "index.html"
    page.write_text(page.read_text("utf-8") + "<script>one()</script>", "utf-8")
    (fault,) = finish.finish(built)
    assert fault.startswith("zh/index.html holds an inline script that is not the theme's, 'one()': move it to a file")
    assert page.read_text("utf-8").count("sha256") == 1


def test_a_policy_that_a_page_brings_does_not_stand_for_ours(built):
    page = built / "index.html"
    page.write_text(page.read_text("utf-8") + f'{finish.POLICY} content="">', "utf-8")
    finish.finish(built)
    assert "default-src 'none'" in page.read_text("utf-8")


def test_a_changed_theme_is_a_line(built):
    (built / "index.html").write_text("<html></html>")
    (policy,) = finish.finish(built)
    assert "mend add_csp()" in policy


def test_blocks_of_json_are_data_and_no_scripts():
    data = '<script type="application/ld+json">{"@type": "WebSite"}</script><script type="application/json">[]</script>'
    assert "sha256" not in finish.add_csp(HEAD.format("en") + data)


def test_a_list_of_changes_without_entries_is_a_line(built):
    (built / "changelog").mkdir()
    (built / "changelog" / "index.html").write_text(HEAD.format("en"), "utf-8")
    (fault,) = finish.finish(built)
    assert fault.startswith("changelog.md: has no section")


def test_it_is_a_command(built):
    run = [sys.executable, "-m", "tools.site.finish"]
    assert subprocess.run([*run, built], cwd=ROOT).returncode == 0
    assert "Content-Security-Policy" in files(built)["index.html"].decode()
    wrong = subprocess.run([*run, built / "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert wrong.returncode == 2 and wrong.stdout.startswith("name a folder that holds a built site")
