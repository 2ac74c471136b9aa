"""The summaries say what recordings hold, in both languages, until proven tables take their place."""

import tomllib
import xml.etree.ElementTree as ET

import pytest

from tests.conftest import replace
from tools.checks import check
from tools.content.pages import LANGUAGES
from tools.content.repository import Repository
from tools.tables import summaries
from tools.tables.summaries import Table
from tools.tables.table import TableError


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", summaries.TABLES)
def test_a_table_has_headings_for_columns_and_rows(name, language):
    root = ET.fromstring(summaries.draw(name, language).replace("<wbr>", "").replace("<br>", "<br/>"))
    table = root.find("table")
    columns = table.findall("thead/tr/th[@scope='col']")
    assert all("".join(cell.itertext()) for cell in columns)
    for row in table.findall("tbody/tr"):
        assert [cell.tag for cell in row] == ["th"] + ["td"] * (len(columns) - 1)
        assert row[0].get("scope") == "row"


def test_no_chinese_is_left_without_its_english():
    said = {name: set(summaries.phrases(summaries.table(name))) for name in summaries.TABLES}
    said["everywhere"] = {phrase for phrases in said.values() for phrase in phrases}
    for section, labels in tomllib.loads(summaries.LABELS.read_text("utf-8")).items():
        unused = labels.keys() - said.get(section, set())
        assert not unused, f"delete these lines of [{section}] in {summaries.LABELS.name}: {unused}"


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: summaries.table("x"), "there is no table 'x': name one of autoflush, closing,"),
        (
            lambda: summaries.html(Table(["a", "fish"], [["b"]]), "t", "en"),
            "table 't': 1 cells below 2 headings; mend its row",
        ),
        (
            lambda: summaries.html(Table(["fish"], []), "t", "zh"),
            "has no Chinese for 'fish' of 't': add a line below [t]",
        ),
    ],
)
def test_what_cannot_be_drawn_is_one_line(draw, said):
    with pytest.raises(TableError) as failure:
        draw()
    assert said in str(failure.value)
    assert "\n" not in str(failure.value)


def test_both_languages_have_the_same_tables(repository):
    for path in (repository.english, repository.chinese):
        path.write_text(path.read_text("utf-8") + '\n```table name="rollback"\n```\n', "utf-8")
    assert list(check.check_same_shape(Repository(repository.root))) == []
    replace(repository.chinese, 'name="rollback"', 'name="five-states"')
    (problem,) = check.check_same_shape(Repository(repository.root))
    assert "computed of section 'more' differ" in str(problem)
