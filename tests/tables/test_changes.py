"""The list of changes says what its programs did on 2.0 and on 2.1, all of it, and its links lead somewhere."""

import re

import pytest

from tests.tables.drawing import FOLDERS, PAGE, REPOSITORY, element, text, words
from tools.content.pages import LANGUAGES
from tools.tables import registry

FOLDER = FOLDERS["changes"]
LIST = FOLDER.read("changes.toml")
OUTCOMES = {"2.0": FOLDER.read("data.2.0.json"), "2.1": FOLDER.read("data.json")}
TABLES = [name for name, _ in FOLDER.names("table")]
AREAS = [name.removeprefix("changes-") for name in TABLES if name not in ("changes-doubts", "changes-from-1x")]
PREFIXES = {"change": "change-", "doubt": "", "from_1x": "from-"}


def group(name):
    """The kind and the entries of a table."""
    kind = {"changes-doubts": "doubt", "changes-from-1x": "from_1x"}.get(name, "change")
    area = name.removeprefix("changes-")
    return kind, [entry for entry in LIST[kind] if kind != "change" or entry["area"] == area]


def test_ids_are_unique_and_areas_known():
    for entries in LIST.values():
        ids = [entry["id"] for entry in entries]
        assert len(ids) == len(set(ids))
    assert {entry["area"] for entry in LIST["change"]} == set(AREAS)


@pytest.mark.parametrize("kind", LIST)
def test_every_entry_is_said_in_every_language(kind):
    for entry in LIST[kind]:
        missing = [language for language in LANGUAGES if not entry.get(language)]
        assert not missing, f"tables/changes/changes.toml: '{entry['id']}' says nothing in {missing}: add it"


@pytest.mark.parametrize("kind", LIST)
def test_both_versions_ran_every_program_and_nothing_else(kind):
    ran = {
        entry["id"]: {part for part in ("code", "old", "new") if part in entry}
        for entry in LIST[kind]
        if {"code", "old"} & entry.keys()
    }
    for outcomes in OUTCOMES.values():
        assert {key: set(parts) for key, parts in outcomes[kind].items()} == ran


def test_what_was_executed_differs_between_the_versions():
    for entry in LIST["change"]:
        if "code" in entry:
            old, new = (OUTCOMES[version]["change"][entry["id"]]["code"] for version in ("2.0", "2.1"))
            assert old != new, f"changes.toml: '{entry['id']}' does the same on both: show the change, or drop its code"


def test_the_old_spellings_fail_warn_or_do_something_else():
    for entry in LIST["from_1x"]:
        old, new = (OUTCOMES["2.1"]["from_1x"][entry["id"]][part] for part in ("old", "new"))
        assert old != new, entry["id"]
        assert not [done for done in new if "error" in done or "warning" in done], entry["id"]


def test_tables_cover_the_list():
    shown = [entry["id"] for name in TABLES for entry in group(name)[1]]
    assert sorted(shown) == sorted(entry["id"] for entries in LIST.values() for entry in entries)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_all_cells_of_the_data(name, language):
    kind, entries = group(name)
    table = element(name, language).find("table")
    assert text(table.find("caption")) and len(table.findall("thead/tr/th[@scope='col']")) == 2
    bodies = table.findall("tbody")
    assert [body.get("id") for body in bodies] == [PREFIXES[kind] + entry["id"] for entry in entries]
    for body, entry in zip(bodies, entries, strict=True):
        heading, *cells = ["".join(cell.itertext()) for cell in body.iter() if cell.tag in ("th", "td")]
        assert re.sub(r"`", "", entry[language]) in heading
        for number in entry.get("tickets", ()):
            assert f"#{number}" in heading
        assert ("code" in entry) == (words("changes", language).plain("lines") in heading)
        parts = [("2.1", "old"), ("2.1", "new")] if kind == "from_1x" else [("2.0", "code"), ("2.1", "code")]
        told = [OUTCOMES[version][kind][entry["id"]][part] for version, part in parts] if cells else []
        for cell, outcome in zip(cells if len(cells) == 2 else cells * 2, told, strict=True):
            for value in (value for done in outcome for value in done.values()):
                assert value in cell, (entry["id"], value)
        assert bool(cells) == bool({"code", "old"} & entry.keys())


def test_links_of_the_list_lead_somewhere():
    for entry in LIST["doubt"]:
        assert re.fullmatch(r"orm/[\w/]+\.html(#[\w.-]+)?", entry["page"])
        page, _, anchor = entry.get("proof", "../reference/states.md").removeprefix("../").partition("#")
        for language in LANGUAGES:
            assert page in REPOSITORY.pages[language], f"changes.toml: '{entry['id']}' is proven on {page}: mend it"
            assert not anchor or anchor in REPOSITORY.pages[language][page].ids
    proof = next(entry["proof"] for entry in LIST["doubt"] if "proof" in entry)
    html = registry.draw("table", "changes-doubts", "", "en", PAGE)
    assert f'href="../{proof.replace(".md", "/")}"' in html
