"""The commands that settle a translation: what they write, and what they refuse in one line."""

import sys
from types import SimpleNamespace

import pytest

from tests.conftest import replace
from tools.commands import confirm
from tools.content.repository import Repository

NAME = "chapter/one-thing.md"


@pytest.fixture
def run(repository, capsys):
    """Run the command; return the exit status and what was printed, a line each."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        status = confirm.main(list(arguments), Repository(repository.root))
        return status, capsys.readouterr().out.splitlines()

    return run


def change(repository):
    replace(repository.english, "There is more of it.", "There is much more of it.")


@pytest.mark.parametrize("name", [NAME, f"{NAME}#next", f"docs/zh/{NAME}", f"docs/en/{NAME}#next"])
def test_a_page_or_a_section_is_confirmed(repository, run, name):
    change(repository)
    replace(repository.chinese, "还有更多内容。", "还有很多内容。")
    assert run("confirm", name) == (0, [f"docs/zh/{NAME}#next"])
    assert run("confirm", name) == (0, ["nothing to change"])
    assert run("status") == (0, ["every translation fits the source"])


def test_two_sections_of_a_page_are_confirmed_at_once(repository, run):
    change(repository)
    replace(repository.english, "It is one thing", "It is a thing")
    sections = [f"docs/zh/{NAME}#next", f"docs/zh/{NAME}#one-thing"]
    assert run("confirm", "--same", *sections) == (0, sections)
    assert run("status")[0] == 0


def test_a_merge_that_is_not_settled_is_left_alone(repository, run):
    replace(repository.chinese, "translated:\n", "translated:\n<<<<<<< HEAD\n")
    before = repository.chinese.read_text("utf-8")
    assert run("confirm", NAME) == (2, [f"docs/zh/{NAME}: its front matter cannot be read: see make test"])
    assert repository.chinese.read_text("utf-8") == before


def test_a_translation_that_did_not_change_is_refused(repository, run):
    change(repository)
    before = repository.chinese.read_text("utf-8")
    status, (line,) = run("confirm", NAME)
    assert status == 1
    assert line == (
        f"docs/zh/{NAME}#next: the English changed, this did not: mend it, or if it fits, "
        f"make confirm PAGE=docs/zh/{NAME}#next SAME=1"
    )
    assert repository.chinese.read_text("utf-8") == before
    assert run("confirm", NAME, "--same") == (0, [f"docs/zh/{NAME}#next"])


def test_a_section_is_left_to_somebody_else(repository, run):
    change(repository)
    assert run("status") == (1, [f"docs/zh/{NAME}#next: is out of step, see make test"])
    assert run("awaiting", NAME) == (0, [f"docs/zh/{NAME}#next"])
    line = f"docs/zh/{NAME}#next: awaits translation: translate it, then make confirm PAGE={NAME}#next"
    assert run("status") == (1, [line])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["confirm"], "no page is named: make confirm PAGE=start/first-session.md"),
        (["awaiting", ""], "no page is named: make awaiting PAGE=start/first-session.md"),
        (["confirm", "My Page.md"], "'My Page.md' is no page's name (small letters, digits, hyphens)"),
        (["confirm", "nothing.md"], "there is no page docs/en/nothing.md"),
        (["confirm", f"docs/xx/{NAME}"], f"there is no page docs/xx/{NAME}: write it first"),
        (["confirm", f"{NAME}#less"], f"{NAME} has no section 'less': it has front-matter, one-thing, next"),
        (["confirm", NAME, "nothing.md"], "there is no page docs/en/nothing.md"),
        (["confirm", "--table", "nothing"], "there is no tables/nothing/table.toml: name a folder of tables/"),
    ],
)
def test_a_name_that_is_none_is_refused_and_nothing_is_written(repository, run, arguments, message):
    change(repository)
    before = repository.chinese.read_text("utf-8")
    status, (line,) = run(*arguments)
    assert (status, line[: len(message)]) == (2, message)
    assert repository.chinese.read_text("utf-8") == before


def test_a_record_that_cannot_be_read_is_one_line(repository, run):
    replace(repository.chinese, "translated:\n", "translated:\n  next: yes\n")
    status, (line,) = run("confirm", NAME)
    assert (status, line) == (
        2,
        f"docs/zh/{NAME}:4: 'next: yes' is no line of a record (section: hash hash): delete it, then run make test",
    )


def test_the_words_of_a_table_are_confirmed(repository, run, monkeypatch):
    folder = repository.root / "tables" / "one"
    folder.mkdir(parents=True)
    (folder / "table.toml").write_text("", "utf-8")
    asked = []
    fake = SimpleNamespace(confirm=lambda folder, same: asked.append((folder.name, same)), NotConfirmed=ValueError)
    monkeypatch.setitem(sys.modules, "tools.tables.confirmation", fake)
    monkeypatch.setattr("tools.tables.confirmation", fake, raising=False)
    assert run("confirm", "--table", "one", "--same") == (0, ["tables/one"])
    assert asked == [("one", True)]


def test_tables_that_are_refused_are_one_line(repository, run, monkeypatch):
    folder = repository.root / "tables" / "one"
    folder.mkdir(parents=True)
    (folder / "table.toml").write_text("", "utf-8")

    def refuse(folder, same):
        raise ValueError("not confirmed: mend it")

    fake = SimpleNamespace(confirm=refuse, NotConfirmed=ValueError)
    monkeypatch.setitem(sys.modules, "tools.tables.confirmation", fake)
    monkeypatch.setattr("tools.tables.confirmation", fake, raising=False)
    assert run("confirm", "", "--table", "one") == (2, ["not confirmed: mend it"])
