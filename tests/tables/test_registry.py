"""Every folder of tables/ is found, drawn in every language, and kept apart from the faults of the others."""

import ast
import re
import shutil
import sys

import pytest

from tests.tables.drawing import FENCES, FOLDERS, PAGE, broken, element, words
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT
from tools.tables import confirmation, registry
from tools.tables.table import TableError
from tools.tables.table_locale import Words

PROGRAMS = sorted((ROOT / "tables").glob("*/*.py"))
SOUND = [folder for folder in FOLDERS.values() if not broken(folder)]
ALL = [(kind, name) for folder in SOUND for kind in ("table", "map") for name, _ in folder.names(kind)]


@pytest.fixture
def tables(tmp_path):
    """The folders of two tables, that tests may break."""
    for name in ("cascades", "loading"):
        shutil.copytree(ROOT / "tables" / name, tmp_path / "tables" / name)
    return tmp_path / "tables"


# The folders.


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_programs_of_tables_import_snippets_tracer_and_tools_run_only(program):
    own = f"tables.{program.parent.name}."
    for node in ast.walk(ast.parse(program.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            room = name.partition(".")[0]
            allowed = room in (*sys.stdlib_module_names, "sqlalchemy", "snippets", "tracer")
            where = f"tables/{program.parent.name}/{program.name}:{node.lineno}"
            assert allowed or f"{name}.".startswith(("tools.run.", own)), f"{where}: imports {name}: do without it"


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_is_complete_and_its_words_are_confirmed(name):
    folder = FOLDERS[name].path
    assert not broken(FOLDERS[name]), broken(FOLDERS[name])
    for file in ("table.toml", "template.html", *FOLDERS[name].settings.get("data", ["data.json"])):
        assert (folder / file).is_file(), f"tables/{name}/{file} is missing: write it, or run make record"
    problem = confirmation.problem(folder)
    assert not problem, f"tables/{name}/table.toml: {problem}"


@pytest.mark.parametrize("name", FOLDERS)
def test_words_are_there_in_every_language_and_are_used(name, monkeypatch):
    settings = FOLDERS[name].settings
    for word, each in settings["words"].items():
        assert set(each) == set(LANGUAGES), f"tables/{name}/table.toml: say '{word}' in {', '.join(LANGUAGES)}"
    used = set()
    for method in ("plain", "plain_phrase"):
        original = getattr(Words, method)
        monkeypatch.setattr(Words, method, lambda self, key, original=original: used.add(key) or original(self, key))
    for kind, table in ALL:
        if FOLDERS[name].claims(kind, table):
            registry.draw(kind, table, "-", "zh", PAGE)
    for page, fence in FENCES["zh"]:
        registry.draw(fence.language, fence.name, fence.text, "zh", page.name)
    unused = {*settings["words"], *settings.get("phrases", {})} - used
    assert not unused, f"tables/{name}/table.toml: nothing says {sorted(unused)}: delete them"


# What they draw.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), ALL)
def test_what_is_drawn_is_well_formed_and_has_headings(kind, name, language):
    found = element(name, language, kind, "what it shows")  # as XML, so that no end tag is left out
    for table in found.iter("table"):
        columns = table.findall("thead/tr/th[@scope='col']")
        assert columns and all("".join(cell.itertext()).strip() for cell in columns)
        for row in table.findall("tbody/tr"):
            if row[0].get("scope") == "row":
                assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1)
    assert all("style" not in each.attrib for each in found.iter())


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_both_languages_have_the_same_tags(kind, name):
    if kind == "map" or name == "loading" or name.startswith("changes-"):
        pytest.skip("labels of a drawing break as their language needs it; changes are sentences")
    tags = [re.findall(r"<[^>]+>", registry.draw(kind, name, "-", language, PAGE)) for language in LANGUAGES]
    said = re.compile(r' (?:data-\w+|href)="[^"]*"')
    assert [said.sub("", tag) for tag in tags[0]] == [said.sub("", tag) for tag in tags[1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_show_every_table(language):
    shown = {(fence.language, fence.name) for _, fence in FENCES[language]}
    missing = set(ALL) - shown
    assert not missing, f"no page in {language} has a fence for {sorted(missing)}: show them, or compute less"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fence_of_the_pages_can_be_drawn(language):
    for page, fence in FENCES[language]:
        html = registry.draw(fence.language, fence.name, fence.text, language, page.name)
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))


def test_links_may_lead_to_what_has_an_id():
    assert registry.anchors("table", "cascades-expunge") == {"expunge", "expunge-a", "expunge-e"}
    assert registry.anchors("table", "cascades") == set()
    assert "change-autoflush" in registry.anchors("table", "changes-session")


def test_a_fence_takes_a_name_and_nothing_else():
    fences = {fence["name"]: fence for fence in registry.fences("en", PAGE)}
    assert set(fences) == {"steps", "table", "map", "predict"}
    options = {}
    assert fences["table"]["validator"]("table", {"name": "loading"}, options, {}, None)
    assert fences["table"]["format"]("", "table", "", options, None) == registry.draw(
        "table", "loading", "", "en", PAGE
    )
    with pytest.raises(registry.FenceError, match='takes a name and nothing else, .* write ```table name="…"'):
        fences["table"]["validator"]("table", {"name": "loading", "sort": "up"}, {}, {}, None)


# What does not fit is one line, and the rest is drawn.


def refused(tables, name):
    with pytest.raises(TableError) as failure:
        registry.draw("table", name, "", "en", PAGE, tables)
    assert "\n" not in str(failure.value)
    return str(failure.value)


@pytest.mark.parametrize(
    ("file", "ruin", "said"),
    [
        ("data.json", lambda text: "{", "tables/cascades/data.json: Expecting property name"),
        ("data.json", None, "tables/cascades/data.json: is missing; run make record STORY=tables/cascades"),
        ("data.json", lambda text: text.replace('"carries"', '"holds"'), "which was not computed: run make record"),
        ("table.toml", lambda text: "[", "tables/cascades/table.toml: Invalid initial character"),
        ("table.toml", lambda text: "fences = 1\n", 'table.toml: [fences] lists no names: write table = ["…"]'),
        (
            "table.toml",
            lambda text: text.replace("you-write =", "they-write ="),
            "has no word 'you-write': add it below",
        ),
        ("template.html", lambda text: text + "{% if %}", "tables/cascades/template.html:"),
        ("template.html", lambda text: text + "{{ 1 / 0 }}", "fails with ZeroDivisionError"),
        ("draw.py", lambda text: "import nothing_of_the_kind", "draw.py: ModuleNotFoundError"),
        ("draw.py", lambda text: "def prepare(request):\n    return request.none\n", "fails with AttributeError"),
    ],
)
def test_a_broken_folder_is_one_line_and_the_others_are_drawn(tables, file, ruin, said):
    path = tables / "cascades" / file
    if ruin:
        path.write_text(ruin(path.read_text("utf-8")), "utf-8")
    else:
        path.unlink()
    assert said in refused(tables, "cascades-mappings")
    assert registry.draw("table", "loading", "", "en", PAGE, tables) == registry.draw(
        "table", "loading", "", "en", PAGE
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "cascades-eat",
            "there is no table 'cascades-eat': name one of cascades, cascades-mappings, cascades-add-new,",
        ),
        ("x", "there is no table 'x': name one that a tables/*/table.toml lists"),
    ],
)
def test_a_table_that_is_not_there_is_one_line(name, said):
    assert refused(ROOT / "tables", name).startswith(said)


def test_a_phrase_without_its_translation_is_one_line(tables):
    path = tables / "cascades" / "table.toml"
    text = path.read_text("utf-8").replace('"`delete()` of the book" = { zh', '"`delete()` of the book" = { fr')
    path.write_text(text, "utf-8")
    with pytest.raises(TableError, match="table.toml: has no zh for '`delete.*` of the book': add it below .phrases."):
        registry.draw("table", "cascades", "", "zh", PAGE, tables)
    assert words("cascades", "zh").plain_phrase("`add()`") == "`add()`"  # code alone needs none
