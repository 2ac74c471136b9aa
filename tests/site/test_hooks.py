"""The hooks are thin, alone know mkdocs, and serve on whatever is broken."""

import ast
import logging
import subprocess
import sys
import warnings

from mkdocs.commands.build import build
from mkdocs.config import load_config

from tools.content.repository import ROOT
from tools.site import hooks

HOOKS = ROOT / "tools" / "site" / "hooks.py"


def imports(path) -> set[str]:
    """The packages that a program imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_they_are_thin():
    assert len(HOOKS.read_text("utf-8").splitlines()) < 80, "move work into a module of its own"


def test_nothing_else_knows_mkdocs():
    programs = [path for folder in ("tools", "tracer") for path in (ROOT / folder).rglob("*.py") if path != HOOKS]
    knowing = [path.relative_to(ROOT).as_posix() for path in programs if imports(path) & {"mkdocs", "material"}]
    assert knowing == [], "let hooks.py hand over what they need"


def test_a_build_does_without_sqlalchemy():
    program = "import sys, tools.site.hooks; print([name for name in sys.modules if name.startswith('sqlalchemy')])"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n", (
        "an import of the hooks brings SQLAlchemy, which takes 0.2 s: move it to where it is used"
    )


def test_local_builds_have_an_address_of_their_own(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)
    assert load_config(str(ROOT / "mkdocs.yml")).site_url == "http://127.0.0.1:8000/"


def serve(folder, caplog) -> list[str]:
    """Build as `mkdocs serve` does; return what is warned of."""
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING, "mkdocs"):
        warnings.simplefilter("ignore")  # of mkdocs and its plugins, which are not ours to mend
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder))
        config.plugins.on_startup(command="serve", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_startup(command="build", dirty=False)
    return caplog.messages


def test_one_chapter_is_served_alone_and_its_links_to_others_are_no_fault(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("ONLY", "states/")
    assert serve(tmp_path, caplog) == []
    for language in (tmp_path, tmp_path / "zh"):
        pages = {path.parent.relative_to(language).as_posix() for path in language.glob("*/*/index.html")}
        assert "states/five-states" in pages and (language / "index.html").is_file()
        assert all(page.startswith("states/") for page in pages)


def test_served_pages_are_checked_and_may_reload_themselves(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(hooks.live_checks, "problems", lambda: ["docs/en/one.md:1: is wrong: mend it"])
    assert serve(tmp_path, caplog) == ["docs/en/one.md:1: is wrong: mend it"]
    assert "Content-Security-Policy" not in (tmp_path / "index.html").read_text("utf-8")


def test_the_checks_find_nothing_in_the_pages():
    assert hooks.live_checks.problems() == []
