"""Each mistake that a contributor can make is answered in one line, that of tests/checks/faults.py."""

import shutil

import autocorrect_py
import pytest

from tests.checks.faults import BLOCK, FAULTS, RECORDING, STEPS, STORY, ZH, add, both, change, each, error_page, remove
from tests.conftest import replace
from tools.checks.check import CHECKS, check, main
from tools.content import locale
from tools.content.repository import Repository


def problems(repository, checks=CHECKS) -> list[str]:
    return [str(problem).replace(f"{repository.root}/", "") for problem in check(Repository(repository.root), checks)]


@pytest.mark.parametrize("check_one", CHECKS, ids=lambda check_one: check_one.__name__)
def test_the_repository_is_sound(check_one):
    found = [str(problem) for problem in check_one(Repository())]
    assert not found, "\n".join(found)


def test_a_sound_repository_has_no_problems(repository):
    assert problems(repository) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line(repository, fault):
    plant, expected = FAULTS[fault]
    plant(repository)
    found = problems(repository)
    assert any(line.startswith(expected) for line in found), "\n".join([f"missing: {expected}", "there:", *found])
    assert all("\n" not in line for line in found)


def test_every_check_has_a_fault(repository, tmp_path_factory):
    finders = set()
    for number, (plant, expected) in enumerate(FAULTS.values()):
        copy = type(repository)(tmp_path_factory.mktemp("fault") / str(number))
        shutil.copytree(repository.root, copy.root)
        plant(copy)
        read = Repository(copy.root)
        for one in CHECKS:
            if any(str(found).replace(f"{copy.root}/", "").startswith(expected) for found in check(read, [one])):
                finders.add(one)
    assert finders == set(CHECKS), "give each of these a line in FAULTS"


@pytest.mark.parametrize(
    "sound",
    [
        each(change(STORY, "one = 1", "# not recorded: threads\none = 1"), both(STEPS, ""), remove(RECORDING)),
        both(STEPS, ""),  # a story of one line may be shown as a block only
        both(BLOCK, ""),  # or as steps only
        both(STEPS, STEPS.replace('.py"', '.py" open="assert one" nth="1"')),
        add("```text\nno thing\n```\n\n```sh\nmake test\n```"),
        each(add("```sh\nrun --html x\n```"), change(ZH, "run --html x", "run --lang zh --html x")),
        change(ZH, "还有更多内容。", "还有更多内容，见 `Session`。"),
        change(ZH, "还有更多内容。", "还有。\n\n还有更多内容。"),
    ],
)
def test_what_is_allowed(repository, sound):
    sound(repository)
    repository.confirm()
    assert problems(repository) == []


def test_the_index_of_errors_may_be_linked_to(repository):
    repository.both("](#next)", "](../errors/index.md)")
    assert sum("leads nowhere" in line for line in problems(repository)) == 2
    error_page("description: A page.\n")(repository)
    assert not any("leads nowhere" in line for line in problems(repository))


def test_what_awaits_translation_may_differ(repository):
    repository.both("| 1 | 2 |\n", "| 1 | 2 |\n\n- One [more](#next) `item` that nobody has translated yet.\n")
    replace(repository.chinese, "\n- One [more](#next) `item` that nobody has translated yet.\n", "")
    repository.await_translation()
    assert problems(repository) == []


def test_a_record_that_is_gone_is_one_line(repository):
    for section in ("a", "b", "c"):
        add(f"## {section.upper()} {{#{section}}}")(repository)
    text = repository.chinese.read_text("utf-8")
    repository.chinese.write_text(text[: text.index("translated:")] + text[text.index("---\n\n#") :], "utf-8")
    assert [line for line in problems(repository) if "never compared" in line] == [
        f"{ZH}: 6 of its sections: each was never compared with the English: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md' "
        "(or 'make awaiting PAGE=chapter/one-thing.md' if you do not read this language)"
    ]


def test_one_fault_hides_no_other(repository):
    add('```table name="nothing"\n```')(repository)
    both("](#next)", "](other.md)")(repository)
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
    wrong = []
    for page in Repository().pages["zh"].values():
        corrected = autocorrect_py.format_for(page.text, "markdown").splitlines()
        for number, (line, better) in enumerate(zip(page.text.splitlines(), corrected, strict=True), 1):
            if line != better:
                wrong.append(f"docs/zh/{page.name}:{number}: write: {better}")
    assert not wrong, "\n".join(wrong)
