"""What programs find in the tree: its languages, its pages, and what is no text."""

import pytest

from tools.checks import check
from tools.content import translation
from tools.content.pages import LANGUAGES, Page
from tools.content.repository import Repository


def test_languages_are_the_folders_of_docs(repository):
    for folder in ("assets", "pt-BR", "de"):
        (repository.docs / folder).mkdir()
    read = Repository(repository.root)
    assert read.languages == ("en", "de", "pt-BR", "zh")
    assert read.translations == ("de", "pt-BR", "zh")
    assert read.languages[0] == LANGUAGES[0] == "en"


def test_a_third_language_needs_its_pages_and_their_confirmation(repository):
    path = repository.docs / "de" / "chapter" / "one-thing.md"
    path.parent.mkdir(parents=True)
    said = [str(problem).replace(f"{repository.root}/", "") for problem in check.check(Repository(repository.root))]
    assert said == [
        f"docs/{language}/chapter/one-thing.md: is missing in another language: write docs/de/chapter/one-thing.md"
        for language in ("en", "zh")
    ]
    text = repository.english.read_text("utf-8")
    path.write_text(text.replace("A page about one thing.", "Eine Seite über ein Ding."), "utf-8")
    read = Repository(repository.root)
    source, page = read.source_pages["chapter/one-thing.md"], read.pages["de"]["chapter/one-thing.md"]
    record, changed, _ = translation.confirm(source, page, translation.hashes(source))
    assert changed == ["front-matter", "one-thing", "next"]
    path.write_text(translation.with_record(page, record), "utf-8")
    assert check.check(Repository(repository.root)) == []


def test_what_is_no_text_is_left_out(repository):
    repository.english.write_bytes(b"\xe9")
    repository.story.write_bytes(b"\xe9")
    read = Repository(repository.root)
    assert read.source_pages == {}
    assert read.stories == []


@pytest.mark.parametrize(
    ("name", "is_error"), [("errors/no-thing.md", True), ("errors/index.md", False), ("chapter/errors.md", False)]
)
def test_pages_about_one_error(tmp_path, name, is_error):
    assert Page(tmp_path / name, "en", name).is_error is is_error
