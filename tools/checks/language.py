"""The language of a translated page: nothing left untranslated, its own letters and marks.

How a language is written is in locale/xx.toml, section [prose]. What that does not say is not looked at: a language of
Latin letters cannot say which `letters` tell it from English.
"""

import functools
import re
from collections.abc import Callable, Iterator

from tools.checks import error_messages
from tools.checks.problem import Problem
from tools.content import locale, translation
from tools.content.pages import Page
from tools.content.prose import Piece, pieces
from tools.content.repository import Repository

ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;]+[A-Za-z][A-Za-z'’-]*)+")
RUN = 4  # English words in a row that are no name
LOWER = 3  # of which so many begin with a small letter
ALONE = 2  # words in small letters that a piece without a letter of the language may not have
HAN = re.compile(r"[\u3400-\u9fff]")


def check_language(repository: Repository) -> Iterator[Problem]:
    """A translated page is in its language, written in its letters and punctuation."""
    seen = functools.cache(lambda: error_messages.read_seen(repository)[0])  # read only where it is asked for
    for language in repository.translations:
        written = locale.prose(language, repository.root)
        letters = re.compile(written["letters"]) if "letters" in written else None
        for page in repository.pages[language].values():
            yield from _letters(page, written.get("charset"), written.get("foreign", ""))
            if letters:
                yield from _untranslated(page, letters, seen)
            if letters and "punctuation" in written:
                yield from _punctuation(page, letters, written["punctuation"])


def _untranslated(page: Page, letters: re.Pattern, seen: Callable[[], str]) -> Iterator[Problem]:
    waiting = translation.awaiting_on(page)
    found = [piece for section in page.sections if section.id not in waiting for piece in section.pieces]
    if isinstance(page.meta, dict):
        found += [Piece(key, 1, str(page.meta[key])) for key in ("description", "label") if page.meta.get(key)]
    for piece in found:
        runs = [run[0] for run in ENGLISH_RUN.finditer(piece.words) if _is_sentence(run[0])]
        words = re.findall(r"(?<![\w.])[a-z]{2,}\b", piece.words)
        if not runs and not letters.search(piece.words) and len(words) >= ALONE:
            runs = [" ".join(piece.words.split())]
        if runs and not all(run in seen() for run in runs):  # else a message is quoted
            begins = runs[0] if len(runs[0]) <= 40 else f"{runs[0][:40]}…"
            yield Problem(page.path, piece.line, f"'{begins}' is still in English: translate it")


def _is_sentence(run: str) -> bool:
    words = re.findall(r"[A-Za-z'’-]+", run)
    return len(words) >= RUN and sum(word[0].islower() for word in words) >= LOWER


def _letters(page: Page, charset: str | None, foreign: str) -> Iterator[Problem]:
    """Letters that belong to another way of writing the language, such as Traditional characters."""
    for number, line in enumerate(page.text.splitlines(), 1):
        for letter in dict.fromkeys(HAN.findall(line)):
            if letter in foreign or (charset and not letter.encode(charset, "ignore")):
                what = f"'{letter}' is not written in docs/{page.language}"
                yield Problem(page.path, number, f"{what}: write the form that is, such as 后 for 後")


def _punctuation(page: Page, letters: re.Pattern, marks: str) -> Iterator[Problem]:
    ends = re.compile(rf"(?:{letters.pattern}|[`*)\]])[{re.escape(marks)}]\s*$")
    for section in page.sections:
        for number, line in _prose_lines(section.text, section.line):
            if letters.search(line) and ends.search(line):
                what = f"ends in English punctuation '{line.rstrip()[-1]}': write the full-width mark"
                yield Problem(page.path, number, what)


def _prose_lines(text: str, first: int) -> Iterator[tuple[int, str]]:
    for piece in pieces(text, first):
        yield from enumerate(piece.text.splitlines(), piece.line)
