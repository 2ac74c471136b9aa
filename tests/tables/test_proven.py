"""Every cell of the proven tables says what a story did, and none can say anything else; they are drawn as Markdown."""

import re
import shutil

import pytest

from tests.conftest import replace
from tools.checks.proofs import check_proofs
from tools.content.pages import LANGUAGES
from tools.content.repository import ROOT, Repository
from tools.tables import confirmation, proof, proof_checks, proven
from tools.tables.story_pages import story_pages
from tools.tables.table import TableError

STORY = "flush_and_commit/reading_an_attribute_may_flush.py"


@pytest.mark.parametrize("name", proven.names())
def test_a_table_says_what_its_stories_did(name):
    assert list(proof_checks.problems(name)) == [], f"mend tables/{name}/table.toml, or confirm its words"


@pytest.fixture
def copy(tmp_path):
    """What proven tables are made of, to be broken."""
    for folder in ("tables", "snippets", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc"))
    return Repository(tmp_path)


def found(repository) -> list[str]:
    """What is wrong, but for confirmations: words may be changed here."""
    lines = [str(problem) for problem in check_proofs(repository)]
    return [line.partition("/tables/")[2] for line in lines if "were confirmed" not in line]


@pytest.mark.parametrize(
    ("table", "old", "new", "cell", "said"),
    [
        pytest.param(
            "autoflush",
            'line = "book.tags"\ncells = ["yes"]',
            'line = "book.tags"\ncells = ["no"]',
            "row 'reading `book.tags`, if the tags aren't loaded', column 'flushes first'",
            '"a flush sent nothing" does not hold; a flush sent INSERT tag',
            id="flipped yes",
        ),
        pytest.param(
            "cascade-options",
            'cells = [{en = "`expunge()`", zh = "`expunge()`", fact = "{reached}"}, "no", "yes"]',
            'cells = [{en = "`expunge()`", zh = "`expunge()`", fact = "{reached}"}, "yes", "yes"]',
            "row '`expunge`', column 'Default'",
            '"note is detached" does not hold; note is persistent',
            id="flipped default",
        ),
        pytest.param(
            "strategies",
            "n / 500",
            "n / 400",
            "row '`lazy=\"selectin\"`<br>`selectinload()`', column 'SELECTs for N parents'",
            "the data say 3 for n = 1000: mend the series",
            id="changed number of the data",
        ),
        pytest.param(
            "expire-and-refresh",
            "2 × SELECT author",
            "3 × SELECT author",
            "row '`session.commit()`', column 'the SELECT is sent'",
            '"3 × SELECT author" does not hold; sent: SELECT author, SELECT author',
            id="changed number of a fact",
        ),
        pytest.param(
            "a-session-is-not",
            "the same query twice sends two SELECTs",
            "the same query twice is 3 SELECTs",
            "row 'a cache of query results', column 'because'",
            "its en words hold a number: write a {field}",
            id="a number in words",
        ),
        pytest.param(
            "autoflush",
            '"[`merge()`](states/merge.md)"\nzh = "[`merge()`](states/merge.md)"',
            '"[`expire()`](states/merge.md)"\nzh = "[`expire()`](states/merge.md)"',
            "row '[`expire()`](states/merge.md)', column 'flushes first'",
            "`session.merge(Book(id=book.id))` does not call expire(), as its head says",
            id="a head that names another call",
        ),
        pytest.param(
            "identity-map",
            'fact = "SELECT author"',
            'fact = "raises nothing"',
            "column 'SQL'",
            "the fact of another answer holds too: 'raises nothing'",
            id="an answer that always holds",
        ),
        pytest.param(
            "contexts",
            ', zh = "对象所在的那个 `Session`"',
            "",
            "row '“the Session is the context”', column 'It means'",
            "has no words in zh",
            id="a missing word",
        ),
        pytest.param(
            "closing",
            'cells = ["committed", "persistent", "begins"]',
            'cells = ["kept", "persistent", "begins"]',
            "row '`commit()`', column 'the open transaction'",
            "there is no answer 'kept': name one of committed, rolled",
            id="an unknown answer",
        ),
        pytest.param(
            "closing",
            'object = "again"',
            'objekt = "again"',
            "row '`reset()`'",
            "nothing reads 'objekt': mend the key",
            id="an unknown key",
        ),
        pytest.param(
            "owners",
            ', fact = "no SQL; raises TimeoutError"',
            "",
            "row 'connection', column 'how many'",
            "is without a fact",
            id="a cell without a proof",
        ),
        pytest.param(
            "five-states",
            'answers = ["pending", "detached"]',
            'answers = ["pending"]',
            "row 'transient', column 'can change to'",
            "the data say pending, detached: name these answers",
            id="a list that is not that of the data",
        ),
        pytest.param(
            "contexts",
            'assert = "object_session(author) is session"',
            'assert = "object_session(author) is other"',
            "row '“the Session is the context”', column 'It means'",
            "has no line `assert object_session(author) is other`",
            id="an assertion that is not there",
        ),
    ],
)
def test_a_changed_cell_is_named(copy, table, old, new, cell, said):
    replace(copy.root / "tables" / table / proven.FILE, old, new)
    lines = found(copy)
    assert lines, "nobody noticed"
    assert all(line.startswith(f"{table}/table.toml: ") and "\n" not in line for line in lines), lines
    assert any(cell in line and said in line for line in lines), lines


def test_swapped_columns_are_named(copy):
    path = copy.root / "tables" / "flush-versus-commit" / proven.FILE
    text = path.read_text("utf-8")
    swapped = {"`flush()`": "`commit()`", "`commit()`": "`flush()`"}
    path.write_text(
        re.sub(r'(?<=\n(?:en|zh) = ")`\w+\(\)`(?="\n)', lambda head: swapped[head[0]], text, count=2), "utf-8"
    )
    lines = found(copy)
    assert any("row 'other connections', column '`commit()`'" in line for line in lines), lines
    path.write_text(text.replace('cells = ["nothing", "row"]', 'cells = ["row", "nothing"]'), "utf-8")
    assert [line.partition(": ")[2].partition("':")[0] for line in found(copy)] == [
        "row 'other connections', column '`flush()`",
        "row 'other connections', column '`commit()`",
    ]


def test_a_story_that_lost_its_line_is_named(copy):
    replace(copy.snippets / STORY, "book.tags\n", "book.author\n")
    (line,) = found(copy)
    assert "row 'reading `book.tags`, if the tags aren't loaded', column 'flushes first'" in line
    assert f"snippets/{STORY} has no line `book.tags`: name a line of it" in line


@pytest.mark.parametrize("name", ["autoflush", "rollback"])
def test_a_file_that_cannot_be_read_is_one_line(copy, name):
    (copy.root / "tables" / name / proven.FILE).write_text("kind = \n", "utf-8")
    (line,) = found(copy)
    assert line.startswith(f"{name}/table.toml: cannot be read (Invalid value (at line 1, column 8)): mend it")


def test_words_are_confirmed_anew_when_they_change(copy):
    folder = copy.root / "tables" / "rollback"
    replace(folder / proven.FILE, 'en = "attributes"', 'en = "its attributes"')
    (line,) = proof_checks.problems("rollback", copy.root)
    assert line.endswith("those in zh were confirmed: compare them, then run make confirm TABLE=rollback")
    with pytest.raises(confirmation.NotConfirmed, match="translate anew, or run make confirm TABLE=rollback SAME=1"):
        confirmation.confirm(folder)
    confirmation.confirm(folder, same=True)
    assert list(proof_checks.problems("rollback", copy.root)) == []
    replace(folder / proven.FILE, 'zh = "属性"', 'zh = "它的属性"')
    (line,) = proof_checks.problems("rollback", copy.root)
    assert line.startswith("the words in zh have changed since they were confirmed")
    before = (folder / proven.FILE).read_text("utf-8")
    confirmation.confirm(folder)
    assert list(proof_checks.problems("rollback", copy.root)) == []
    assert (folder / proven.FILE).read_text("utf-8").count("[confirmed.zh]") == before.count("[confirmed.zh]") == 1


# Drawing.


def test_a_cell_leads_to_the_stepper_on_its_page_or_to_the_page_of_its_story():
    story = "flush_and_commit/rollback_takes_every_object_back.py"
    page = f'```steps story="{story}"\n```\n'
    lines = proven.markdown("rollback", "en", "flush-and-commit/rollback.md", page)
    assert lines[:3] == ["", "| object | state before | state after | attributes |", "| --- | --- | --- | --- |"]
    assert "| [kept](#steps-rollback_takes_every_object_back-11){ .proof } |" in lines[-2]
    elsewhere = proven.markdown("rollback", "en", "flush-and-commit/rollback.md", "")
    assert "(../stories/flush_and_commit/rollback_takes_every_object_back.md#steps-" in elsewhere[-2]
    chinese = proven.markdown("rollback", "zh", "flush-and-commit/rollback.md", page)
    assert "[保留](#steps-rollback_takes_every_object_back-11)" in chinese[-2]


def test_links_and_badges_are_those_of_the_page():
    text = "\n".join(proven.markdown("a-session-is", "en", "sessions/what-is-a-session.md", ""))
    assert "| [identity map](identity-map.md) |" in text
    assert "[flush versus commit](../flush-and-commit/flush-versus-commit.md)" in text
    states = "\n".join(proven.markdown("five-states", "zh", "states/five-states.md", ""))
    assert '<b class="state-persistent">持久</b>' in states


def test_another_place_leads_to_its_own_stepper():
    text = "\n".join(proven.markdown("autoflush", "en", "flush-and-commit/autoflush.md", ""))
    assert "#steps-core_flushes_first_since_2_1-sqlalchemy-2.0-" in text


def test_a_story_that_needs_a_server_is_proven_by_its_first_recording():
    text = "\n".join(proven.markdown("pool-options", "en", "sessions/connection-pool.md", ""))
    assert "sessions/the_server_closes_an_idle_connection.md#steps-the_server_closes_an_idle_connection-" in text
    assert "connection-postgresql-" not in text


def test_no_other_table_is_drawn():
    assert proven.markdown("transition-calls", "en", "reference/states.md", "") is None
    with pytest.raises(TableError, match="cannot be read"):
        proven.ProvenTable("nowhere")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_story_that_a_cell_leads_to_elsewhere_has_a_page(language):
    pages = story_pages(language)
    for path in sorted((ROOT / "docs" / language).rglob("*.md")):
        text, page = path.read_text("utf-8"), path.relative_to(ROOT / "docs" / language).as_posix()
        for name in re.findall(r'^```table name="([^"]+)"', text, re.MULTILINE):
            drawn = "\n".join(proven.markdown(name, language, page, text) or [])
            assert {f"stories/{story}.md" for story in re.findall(r"/stories/([\w/]+)\.md#", drawn)} <= pages.keys()
    for name, text in pages.items():
        assert f'```steps story="{name.removeprefix("stories/").removesuffix(".md")}.py"\n' in text
        assert "search: {exclude: true}" in text


def test_a_series_is_a_number_or_grows():
    assert [proof.series(text)(1000) for text in ("2", "1 + n", "1 + n / 500")] == [2, 1001, 3]
    with pytest.raises(TableError, match="'n' is no series"):
        proof.series("n")
