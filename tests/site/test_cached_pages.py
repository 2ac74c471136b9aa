"""A page is rendered again if it, or something that it is drawn from, has changed, and not otherwise."""

import logging

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from tools.content.repository import ROOT
from tools.site import cache, cached_pages

PAGE = """# One {#one}

A [link](two.md#part) and [another](#below).

## Below `here` {#below}

```python
--8<-- "chapter/shown.py"
```
"""


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for folder in ("docs", "snippets/chapter", "tables/states"):
        (tmp_path / folder).mkdir(parents=True)
    for name, text in {
        "docs/one.md": PAGE,
        "docs/two.md": "# Two {#two}\n\n## Part {#part}\n",
        "docs/table.md": '# Table {#table}\n\n```table name="rollback"\n```\n',
        "snippets/chapter/shown.py": "shown = 1\n",
        "snippets/chapter/shown.trace.jsonl": "{}\n",
        "snippets/chapter/other.py": "other = 1\n",
        "tables/states/data.json": "[]\n",
        "settings.yml": "a: 1\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(cached_pages, "SNIPPETS", tmp_path / "snippets")
    monkeypatch.setattr(cached_pages, "TABLES", tmp_path / "tables")
    monkeypatch.setattr(cached_pages, "CONFIGURATIONS", [tmp_path / "settings.yml"])
    monkeypatch.setattr(cache, "builds", cache.Kept(tmp_path / "build.json"))
    return tmp_path


@pytest.fixture
def build(repository, monkeypatch):
    """build(name) → the page as a build renders it, and whether mkdocs had to."""
    calls = []
    mkdocs_render = cached_pages._render
    monkeypatch.setattr(cached_pages, "_render", lambda *arguments: calls.append(1) or mkdocs_render(*arguments))

    def build_page(name="one"):
        calls.clear()
        config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(repository / "docs"), nav=None)
        config.mdx_configs["pymdownx.snippets"]["base_path"] = [str(repository / "snippets")]
        files = get_files(config)
        page = Page(None, files.get_file_from_path(f"{name}.md"), config)
        page.read_source(config)
        cached_pages.render(page, config, files)
        cache.builds.save()
        return page, bool(calls)

    return build_page


def test_what_has_not_changed_is_rendered_once(build):
    first, again = build(), build()
    assert (first[1], again[1]) == (True, False)
    for name in ("content", "title", "present_anchor_ids"):
        assert getattr(first[0], name) == getattr(again[0], name)
    assert str(again[0].toc) == str(first[0].toc) == "One - #one\n    Below here - #below\n"
    assert again[0].toc.items[0].active
    for page, _ in (first, again):
        links = {file.src_uri: anchors for file, anchors in page.links_to_anchors.items()}
        assert links == {"two.md": {"part": "two.md#part"}, "one.md": {"one": "#one", "below": "#below"}}


@pytest.mark.parametrize(
    "name, changed",
    [
        ("one", "docs/one.md"),
        ("one", "snippets/chapter/shown.py"),
        ("one", "snippets/chapter/shown.trace.jsonl"),
        ("one", "snippets/chapter/shown.mariadb.trace.jsonl"),
        ("one", "docs/three.md"),
        ("one", "settings.yml"),
        ("table", "tables/states/data.json"),
        ("table", "snippets/chapter/other.py"),
    ],
)
def test_what_has_changed_is_rendered_again(repository, build, name, changed):
    build(name)
    with (repository / changed).open("a") as file:
        file.write("\n")
    assert build(name)[1]


@pytest.mark.parametrize("changed", ["docs/two.md", "snippets/chapter/other.py"])
def test_what_a_page_does_not_show_does_not_matter(repository, build, changed):
    build()
    with (repository / changed).open("a") as file:
        file.write("\n")
    assert not build()[1]


def test_every_build_says_what_is_wrong(repository, build, caplog):
    (repository / "docs" / "one.md").write_text("# One {#one}\n\nA [link](none.md).\n")
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, "mkdocs"):
            assert build()[1]
        assert "contains a link 'none.md'" in caplog.text
