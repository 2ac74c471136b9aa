"""The versions below each page are those of the recordings and of the data."""

import json

from tools.content.repository import ROOT
from tools.site import versions


def test_the_databases_are_those_of_the_data():
    names = [database.partition(" ")[0] for database in versions.databases(ROOT)]
    assert names == ["SQLite", "PostgreSQL", "MariaDB"], "mend FILES in tools/site/versions.py, or record the table"
    data = json.loads((ROOT / "tables/isolation/data.postgresql.json").read_text("utf-8"))
    assert data["server"] in versions.databases(ROOT)


def test_what_cannot_be_read_is_left_out(tmp_path):
    assert versions.databases(tmp_path) == versions.sqlalchemy(tmp_path) == []
    folder = tmp_path / versions.DATA
    folder.mkdir(parents=True)
    for name, text in zip(versions.FILES, ("{", "{}", '{"server": "MariaDB 11.4"}'), strict=True):
        (folder / name).write_text(text, "utf-8")
    assert versions.databases(tmp_path) == ["MariaDB 11.4"]
    (tmp_path / "snippets/one").mkdir(parents=True)
    (tmp_path / "snippets/one/two.trace.jsonl").write_text("{}\n", "utf-8")
    assert versions.sqlalchemy(tmp_path) == []


def test_every_page_says_them_and_links_the_runs(site):
    for page in ("index.html", "zh/states/five-states/index.html"):
        html = (site / page).read_text("utf-8")
        for version in (*versions.sqlalchemy(ROOT), *versions.databases(ROOT)):
            assert version in html
        assert 'href="https://git.example/owner/session/actions/workflows/tests.yml"' in html
    assert (ROOT / ".github/workflows/tests.yml").is_file()
