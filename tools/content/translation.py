"""Know which text of the source each translated section was last confirmed against.

The record stands at the end of a translated page's front matter, one line a section: the hash of the English section
and the hash of the translated one, as they were when somebody last read them side by side.

    translated:
      front-matter: 5d865841 a3c91578
      flush: awaiting 26276c8a

`awaiting` in place of the first hash: the English has changed, and the translation is left to somebody else. The page
then carries a notice in that section. The hash of the front matter leaves out the record itself.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.content.pages import FRONT_MATTER, HEADING, Page

RECORD = "translated"
FRONT = "front-matter"  # no section may have this id
AWAITING = "awaiting"
ENTRY = re.compile(r"  (?P<section>\S.*?): (?P<source>[0-9a-f]{8}|awaiting) (?P<own>[0-9a-f]{8})")

# What may be wrong with a section.
NEW, OLDER, ALONE, GONE = "new", "older", "alone", "gone"


@dataclass(frozen=True)
class Entry:
    """What the record says of a section: the hash of the source, or `awaiting`, and that of the translation."""

    source: str
    own: str


class RecordError(Exception):
    """A line of a record that cannot be read; `line` is its number on the page."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def hashes(page: Page) -> dict[str, str]:
    """Return the hash of the front matter, without the record, and of every section, in order, by id."""
    front, _ = _split(page.front)
    found = {FRONT: _hash("".join(front))}
    return found | {section.id: _hash(section.text) for section in page.sections if section.id}


def read_record(page: Page) -> dict[str, Entry]:
    """Return the record of a translated page by section, empty where it has none. Raises RecordError."""
    front, record = _split(page.front)
    found = {}
    for number, line in enumerate(record[1:], len(front) + 3):  # the front matter begins on line 2
        entry = ENTRY.fullmatch(line.rstrip("\n"))
        if not entry:
            what = f"'{line.strip()}' is no line of a record (section: hash hash)"
            raise RecordError(number, f"{what}: delete it, then run make test")
        if entry["section"] in found:
            raise RecordError(number, f"'{entry['section']}' is recorded twice: delete one of the lines")
        found[entry["section"]] = Entry(entry["source"], entry["own"])
    return found


def with_record(page: Page, record: dict[str, Entry]) -> str:
    """Return the text of a page with another record, in the order of its sections."""
    front, _ = _split(page.front)
    order = list(hashes(page))
    names = sorted(record, key=lambda name: order.index(name) if name in order else len(order))
    lines = [f"  {name}: {record[name].source} {record[name].own}\n" for name in names]
    head = f"{RECORD}:\n" if lines else ""
    return f"---\n{''.join(front)}{head}{''.join(lines)}---\n" + FRONT_MATTER.sub("", page.text, count=1)


def differences(source: Page, page: Page) -> list[tuple[str, str]]:
    """Return (section, NEW, OLDER, ALONE or GONE) for each section that is out of step. Raises RecordError.

    OLDER: confirmed against another text of the source. ALONE: the translation was changed, the source was not.
    """
    record, there, here = read_record(page), hashes(source), hashes(page)
    found = []
    for name, now in there.items():
        entry = record.get(name)
        if entry is None:
            found.append((name, NEW))
        elif entry.source == AWAITING:
            continue
        elif entry.source != now:
            found.append((name, OLDER))
        elif entry.own != here.get(name):
            found.append((name, ALONE))
    return found + [(name, GONE) for name in record if name not in there]


def awaiting(docs: Path, language: str, name: str) -> set[str]:
    """Return the ids of the sections of a page that await translation. A generated page has none.

    What cannot be read is left to the checks.
    """
    page = Page(docs / language / name, language, name)
    return awaiting_on(page) if page.path.is_file() else set()


def awaiting_on(page: Page) -> set[str]:
    """Return the ids of the sections of a page, or FRONT, that await translation."""
    _, record = _split(page.front)
    entries = [match for line in record if (match := ENTRY.fullmatch(line.rstrip("\n")))]
    return {entry["section"] for entry in entries if entry["source"] == AWAITING}


def add_notices(markdown: str, waiting: set[str], notice: str) -> str:
    """Return the page with `notice` under the heading of each section that awaits translation."""
    lines = []
    for line in markdown.splitlines():
        lines.append(line)
        heading = HEADING.match(line) if line.startswith("#") else None
        if heading and heading["id"] in waiting:
            lines += ["", notice]
    return "\n".join(lines) + "\n"


def confirm(
    source: Page, page: Page, sections: Iterable[str], same: bool = False
) -> tuple[dict[str, Entry], list[str], list[str]]:
    """Confirm that sections of a page say what the source says now.

    Returns the new record, the sections that changed in it, and those that are refused: the source has changed since
    they were confirmed, and they have not. `same` says that they fit all the same. Raises RecordError.
    """
    here = hashes(page)
    refused = []

    def decide(name: str, now: str, before: Entry | None) -> Entry | None:
        untouched = before and before.source != now and before.own == here.get(name)
        if untouched and not same:
            refused.append(name)
            return before
        return Entry(now, here.get(name, NO_TEXT))

    record, changed = _changed(source, page, sections, decide)
    return record, changed, refused


def await_translation(source: Page, page: Page, sections: Iterable[str]) -> tuple[dict[str, Entry], list[str]]:
    """Return the new record, in which those of the sections that are out of step await translation, and which they are.

    Raises RecordError.
    """
    out_of_step = {name for name, _ in differences(source, page)}
    wanted = [name for name in sections if name in out_of_step]
    here = hashes(page)
    return _changed(source, page, wanted, lambda name, now, before: Entry(AWAITING, here.get(name, NO_TEXT)))


def _changed(
    source: Page, page: Page, sections: Iterable[str], decide: Callable[[str, str, Entry | None], Entry | None]
) -> tuple[dict[str, Entry], list[str]]:
    record, there = read_record(page), hashes(source)
    changed = []
    for name in sections:
        before = record.get(name)
        after = decide(name, there[name], before) if name in there else None
        if after != before:
            changed.append(name)
        if after is None:
            record.pop(name, None)
        else:
            record[name] = after
    return record, changed


def _split(front: str) -> tuple[list[str], list[str]]:
    """The lines of front matter without the record, and those of the record, its key first."""
    lines = front.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.rstrip() == f"{RECORD}:"), len(lines))
    end = next((number for number in range(start + 1, len(lines)) if not lines[number].startswith(" ")), len(lines))
    return lines[:start] + lines[end:], lines[start:end]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


NO_TEXT = _hash("")  # of a section that the translation does not have yet
