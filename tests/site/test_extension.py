"""Pages drawn by Python-Markdown and our extension alone, and what is said of pages that cannot be drawn."""

import re
import subprocess
import sys

import pytest
from markdown import Markdown

from tools.content import translation
from tools.content.repository import ROOT
from tools.site import drawings

# What another generator would do: read mkdocs.yml, add one name, convert. No tag of YAML of ours is known to it.
GENERATOR = """
import sys, yaml
from markdown import Markdown

class Loader(yaml.SafeLoader):
    pass

Loader.add_multi_constructor("!", lambda loader, tag, node: None)
settings = yaml.load(open("mkdocs.yml", encoding="utf-8"), Loader)["markdown_extensions"]
language, page = sys.argv[1:]
options = {name: options or {} for name, options in settings.items()}
options["tools.site.extension"] = {"language": language, "page": page}
text = open(f"docs/{language}/{page}", encoding="utf-8").read().partition("\\n---\\n")[2]
sys.stdout.reconfigure(encoding="utf-8")
print(Markdown(extensions=[*options], extension_configs=options).convert(text))
print("loaded:", [name for name in ("mkdocs", "material") if name in sys.modules])
"""
EXTENSIONS = ["attr_list", "tables", "pymdownx.snippets", "pymdownx.blocks.admonition", "pymdownx.blocks.details"]


def generate(language: str, page: str) -> str:
    command = [sys.executable, "-c", GENERATOR, language, page]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0 and not result.stderr, result.stderr
    html, _, loaded = result.stdout.rpartition("loaded:")
    assert loaded.strip() == "[]"
    return html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_drawn_without_mkdocs(language):
    html = generate(language, "states/transitions.md")
    assert html.count('<section class="stepper"') >= 1
    assert '<table class="matrix summary">' in html
    assert "```" not in html and "--8<--" not in html
    assert '<figure class="figure figure-map"' in generate(language, "reference/states.md")
    html = generate(language, "states/five-states.md")
    assert '<div class="language-python highlight"><pre><code>' in html
    assert "```" not in html and "--8<--" not in html


@pytest.fixture
def convert():
    """convert(text, language="en", page="chapter/one-thing.md", root=ROOT) → HTML."""

    def convert_text(text: str, language: str = "en", page: str = "chapter/one-thing.md", root=ROOT) -> str:
        details = {"types": [{"name": "setup", "class": "setup", "title": "Setup"}]}
        options = {
            "tools.site.extension": {"language": language, "page": page, "root": str(root)},
            "pymdownx.snippets": {"base_path": [str(root / "snippets")], "check_paths": True},
            "pymdownx.blocks.details": details,
        }
        return Markdown(extensions=[*EXTENSIONS, "tools.site.extension"], extension_configs=options).convert(text)

    return convert_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('```steps story="start/nothing.py"\n```', "steps: there is no story snippets/start/nothing.py"),
        ("```steps\n```", "steps: "),
        ('```table name="nothing"\n```', "there is no table 'nothing'"),
        ('```python\n--8<-- "start/nothing.py:setup"\n```', "no such snippet as snippets/start/nothing.py"),
        ('```python\n--8<-- "library.py:nothing"\n```', "no section 'nothing' in snippets/library.py"),
    ],
)
def test_what_cannot_be_drawn_is_one_line_of_its_page(convert, caplog, text, said):
    html = convert(f"Before.\n\n{text}\n\nAfter.")
    (record,) = caplog.records
    message = record.getMessage()
    assert record.name == "mkdocs.plugins.session" and record.levelname == "WARNING" and "\n" not in message
    assert message.startswith(f"docs/en/chapter/one-thing.md: {said}") or said in message
    assert said in re.sub("<[^>]+>", "", html) and ("<strong>" in html or "<i class=c># " in html)
    assert "Before." in html and "After." in html


def test_a_fault_of_a_program_is_named(convert, caplog, monkeypatch):
    def draw(*arguments, **more):
        return {}["nothing"]

    fence = {"name": "steps", "class": "stepper", "validator": lambda *arguments: True, "format": draw}
    monkeypatch.setattr(drawings, "fences", lambda language, page: [fence])
    assert "<strong>KeyError: 'nothing'</strong>" in convert("```steps\n```")
    assert caplog.messages == ["docs/en/chapter/one-thing.md: KeyError: 'nothing'"]


def test_a_broken_marker_names_its_line(convert, caplog, repository):
    repository.story.write_text("# --8<-- [start:setup]\none = 1\n", "utf-8")
    convert('```python\n--8<-- "chapter/one_thing.py:setup"\n```', root=repository.root)
    assert caplog.messages[0].startswith("docs/en/chapter/one-thing.md: snippets/chapter/one_thing.py:1: section")


def test_setup_goes_without_colors(convert):
    block = "```python\nimport os\n```\n"
    html = convert(f"/// setup\n{block}///\n\n{block}")
    assert html.count("import os") == 1 and html.count("<i class=k>import</i> os") == 1
    assert html.index("import os") < html.index("<i class=k>import")
    assert '<details class="setup">' in html


def test_a_proven_table_is_markdown(convert, monkeypatch):
    def lines(name, language, page, text):
        assert (language, page) == ("en", "chapter/one-thing.md") and "# Title" in text
        return ["| a | b |", "| --- | --- |", "| [one](other.md) | `a_b` |"] if name == "proven" else None

    monkeypatch.setattr(drawings, "table_lines", lines)
    html = convert('# Title\n\n```table name="proven"\n```\nAfter.')
    assert '<a href="other.md">one</a>' in html and "<p>After.</p>" in html
    assert html.count('<div class="md-typeset__table"><table>') == 1
    assert "<code>a_<wbr>b</code>" in html


def test_a_proven_table_that_cannot_be_drawn_is_said(convert, monkeypatch, caplog):
    def lines(*arguments):
        raise ValueError("tables/proven/table.toml: is wrong: mend it")

    monkeypatch.setattr(drawings, "table_lines", lines)
    assert "<strong>tables/proven/table.toml: is wrong: mend it</strong>" in convert('```table name="proven"\n```')
    assert caplog.messages == ["docs/en/chapter/one-thing.md: tables/proven/table.toml: is wrong: mend it"]


def test_a_table_has_its_frame_once(convert):
    html = convert("| a | b |\n| --- | --- |\n| `session.expire_all(OneTwo)` | c |\n")
    assert html.count('<th scope="row"') == 1 and html.count("<td>") == 1
    assert html.startswith('<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table>')
    assert "session.<wbr>expire_<wbr>all(<wbr>One<wbr>Two)" in html


def test_a_name_in_a_title_breaks_between_its_words(convert):
    assert "Pending<wbr>Rollback<wbr>Error: it is over</h1>" in convert("# PendingRollbackError: it is over {#one}")


@pytest.mark.parametrize(("language", "said"), [("en", False), ("zh", True)])
def test_a_section_that_awaits_translation_says_so(convert, monkeypatch, language, said):
    monkeypatch.setattr(translation, "awaiting", lambda docs, language, name: {"two"})
    html = convert("# One {#one}\n\n## Two {#two}\n\nText.", language)
    assert ("本节待更新" in html) == said
    if said:
        assert html.index('id="two"') < html.index("本节待更新") < html.index("Text.")


def test_a_record_that_cannot_be_read_is_said_on_the_page(convert, monkeypatch, caplog):
    def broken(docs, language, name):
        raise ValueError("the record is broken: mend it")

    monkeypatch.setattr(translation, "awaiting", broken)
    assert "<p><strong>the record is broken: mend it</strong></p>" in convert("# One {#one}", "zh")
    assert len(caplog.records) == 1
