"""The repository is sound, what is allowed passes, and faults do not hide each other.

Each mistake that a contributor can make stands in tests/planted/.
"""

import pytest

from tests.conftest import replace
from tests.planted.catalogue import problems, typography
from tools.checks.check import CHECKS, main
from tools.content import locale
from tools.content.repository import Repository

ZH = "docs/zh/chapter/one-thing.md"
STEPS = '```steps story="chapter/one_thing.py"\n```\n'
BLOCK = '```python\n--8<-- "chapter/one_thing.py:more"\n```\n'
END = "| 1 | 2 |\n"


def add(repository, text):
    """Add Markdown to the end of both languages."""
    repository.both(END, f"{END}\n{text}\n")


@pytest.mark.parametrize("check_one", CHECKS, ids=lambda check_one: check_one.__name__)
def test_the_repository_is_sound(check_one):
    found = [str(problem) for problem in check_one(Repository())]
    assert not found, "\n".join(found)


def test_a_sound_repository_has_no_problems(repository):
    assert problems(repository) == []


def _unrecorded(repository):
    replace(repository.story, "one = 1", "# not recorded: threads\none = 1")
    repository.both(STEPS, "")
    repository.recording.unlink()


def _of_its_own(repository):
    add(repository, "```sh\nrun --html x\n```")
    replace(repository.chinese, "run --html x", "run --lang zh --html x")


@pytest.mark.parametrize(
    "sound",
    [
        _unrecorded,
        lambda repository: repository.both(STEPS, ""),  # a story of one line may be shown as a block only
        lambda repository: repository.both(BLOCK, ""),  # or as steps only
        lambda repository: repository.both(STEPS, STEPS.replace('.py"', '.py" open="assert one" nth="1"')),
        lambda repository: add(repository, "```text\nno thing\n```\n\n```sh\nmake test\n```"),
        _of_its_own,
        lambda repository: replace(repository.chinese, "还有更多内容。", "还有更多内容，见 `Session`。"),
        lambda repository: replace(repository.chinese, "还有更多内容。", "还有。\n\n还有更多内容。"),
        lambda repository: add(repository, "[more](#next){.lead} `{x=1}`"),
    ],
)
def test_what_is_allowed(repository, sound):
    sound(repository)
    repository.confirm()
    assert problems(repository) == []


def test_the_index_of_errors_may_be_linked_to(repository):
    repository.both("](#next)", "](../errors/index.md)")
    assert sum("leads nowhere" in line for line in problems(repository)) == 2
    for language in repository.languages:
        page = repository.docs / language / "errors" / "no-thing.md"
        page.parent.mkdir()
        page.write_text("---\ndescription: A page.\n---\n\n# NoThing {#no-thing}\n", "utf-8")
    assert not any("leads nowhere" in line for line in problems(repository))


def test_what_awaits_translation_may_differ(repository):
    repository.both("| 1 | 2 |\n", "| 1 | 2 |\n\n- One [more](#next) `item` that nobody has translated yet.\n")
    replace(repository.chinese, "\n- One [more](#next) `item` that nobody has translated yet.\n", "")
    repository.await_translation()
    assert problems(repository) == []


def test_a_record_that_is_gone_is_one_line(repository):
    for section in ("a", "b", "c"):
        add(repository, f"## {section.upper()} {{#{section}}}")
    text = repository.chinese.read_text("utf-8")
    repository.chinese.write_text(text[: text.index("translated:")] + text[text.index("---\n\n#") :], "utf-8")
    assert [line for line in problems(repository) if "never compared" in line] == [
        f"{ZH}: 6 of its sections: each was never compared with the English: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md' "
        "(or 'make awaiting PAGE=chapter/one-thing.md' if you do not read this language)"
    ]


def test_one_fault_hides_no_other(repository):
    add(repository, '```table name="nothing"\n```')
    repository.both("](#next)", "](other.md)")
    assert sum("there is no table" in line or "leads nowhere" in line for line in problems(repository)) == 4


def test_the_command_says_how_many(monkeypatch, repository, capsys):
    monkeypatch.setattr("tools.checks.check.Repository", lambda: Repository(repository.root))
    assert main() == 0
    assert capsys.readouterr().out == "pages, translations and snippets fit together\n"
    replace(repository.english, " {#next}", "")
    assert main() == 1
    assert "problems: " in capsys.readouterr().out


def test_a_language_that_says_nothing_of_its_writing_is_not_looked_at(repository):
    path = repository.root / "locale" / "zh.toml"
    path.write_text(path.read_text("utf-8").replace("[prose]", "[other]"), "utf-8")
    replace(repository.chinese, "还有更多内容。", "There is still more of it to be said.")
    repository.confirm()
    assert locale.prose("zh", repository.root) == {} and problems(repository) == []


def test_chinese_typography():
    wrong = typography(Repository())
    assert not wrong, "\n".join(wrong)
