"""Know which English text each Chinese section was last confirmed against.

The record is docs/zh/confirmed.txt: one line a section, sorted, `page.md#section hash`. The hash is of the English
section as it stood when somebody last read the Chinese beside it. A contributor who reads no Chinese writes
`awaiting` in its place (`mark`); the Chinese page then carries a notice until the section is confirmed.

    python -m tools.content.translation status             what is out of step, or awaits translation
    python -m tools.content.translation confirm PAGE…      the Chinese of these sections says the same again
    python -m tools.content.translation mark PAGE…         these sections, where out of step, await translation

PAGE is a page's name, `states/five-states.md`, or one section of it, `states/five-states.md#pending`.
"""

import hashlib
import re
import sys
from pathlib import Path

from tools.content import pages
from tools.content.repository import ROOT

AWAITING = "awaiting"
ENTRY = re.compile(r"(\S+\.md#\S+) ([0-9a-f]{12}|awaiting)")
SETTLE = "compare the two, then run 'make confirm PAGE={key}' (or 'make awaiting PAGE={key}' if you read no Chinese)"


def hashes(english: dict[str, pages.Page]) -> dict[str, str]:
    """Return the hash of every section of the English pages, by `page.md#section`."""
    return {
        f"{name}#{section.id}": _hash(section.text)
        for name, page in english.items()
        for section in page.sections
        if section.id
    }


def read_record(docs: Path) -> dict[str, str]:
    """Return what docs/zh/confirmed.txt says: a hash, or `awaiting`, by `page.md#section`.

    Raises ValueError, in one line, where it says something else, such as a merge that was not settled.
    """
    path = docs / "zh" / "confirmed.txt"
    record = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.exists() else [], 1):
        entry = ENTRY.fullmatch(line)
        if not entry:
            what = f"'{line}' is no 'page.md#section hash'"
            raise ValueError(f"docs/zh/confirmed.txt:{number}: {what}: delete the line, then run make test")
        record[entry[1]] = entry[2]
    return record


def write_record(docs: Path, record: dict[str, str]) -> None:
    """Write docs/zh/confirmed.txt, sorted."""
    text = "".join(f"{key} {value}\n" for key, value in sorted(record.items()))
    (docs / "zh" / "confirmed.txt").write_text(text, "utf-8")


def differences(docs: Path, english: dict[str, pages.Page] | None = None) -> list[tuple[str, str]]:
    """Return (section, what is wrong and what to do) for each section that is out of step.

    `english` holds the English pages where they have been read already. Raises ValueError as read_record does.
    """
    current, record = hashes(english or pages.read(docs, "en")), read_record(docs)
    found = []
    for key, now in current.items():
        if key not in record:
            found.append((key, "was never confirmed against the English: " + SETTLE.format(key=key)))
        elif record[key] not in (now, AWAITING):
            found.append((key, "was confirmed against an older English text: " + SETTLE.format(key=key)))
    found += [(key, f"is recorded but gone: run 'make confirm PAGE={key}'") for key in record.keys() - current.keys()]
    return sorted(found)


def awaiting(docs: Path, name: str) -> set[str]:
    """Return the ids of the page's sections that await translation."""
    return {
        key.partition("#")[2]
        for key, value in read_record(docs).items()
        if value == AWAITING and key.partition("#")[0] == name
    }


def add_notices(markdown: str, waiting: set[str], notice: str) -> str:
    """Return the page with `notice` under the heading of each section that awaits translation."""
    lines = []
    for line in markdown.splitlines():
        lines.append(line)
        heading = pages.HEADING.match(line) if line.startswith("#") else None
        if heading and heading["id"] in waiting:
            lines += ["", notice]
    return "\n".join(lines) + "\n"


def confirm(docs: Path, names: list[str]) -> list[str]:
    """Record the English as it is now for the sections named, and return what changed.

    Raises ValueError for a name that is neither a page nor a section nor in the record.
    """
    return _record(docs, names, lambda now, before: now)


def mark(docs: Path, names: list[str]) -> list[str]:
    """Record `awaiting` for the sections named that are out of step; return what changed.

    Raises ValueError for a name that is neither a page nor a section nor in the record.
    """
    return _record(docs, names, lambda now, before: before if before == now else AWAITING)


def _record(docs: Path, names: list[str], decide) -> list[str]:
    current, record = hashes(pages.read(docs, "en")), read_record(docs)
    known = current.keys() | record.keys()
    chosen = set()
    for name in names:
        name = re.sub(r"^docs/(en|zh)/", "", name)  # as messages show it
        matching = {key for key in known if name in (key, key.partition("#")[0])}
        if not matching:
            raise ValueError(f"no page or section '{name}': give a name like states/five-states.md#pending")
        chosen |= matching
    changed = []
    for key in sorted(chosen):
        before = record.get(key)
        after = decide(current[key], before) if key in current else None
        if after != before:
            changed.append(key)
        if after is None:
            record.pop(key, None)
        else:
            record[key] = after
    write_record(docs, record)
    return changed


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def main(arguments: list[str]) -> int:
    docs = ROOT / "docs"
    command, names = (arguments[0] if arguments else "status"), arguments[1:]
    try:
        read_record(docs)
    except ValueError as error:
        print(error)
        return 2
    if command == "status":
        waiting = sorted(key for key, value in read_record(docs).items() if value == AWAITING)
        for key, what in differences(docs):
            print(f"docs/zh/{key}: {what}")
        for key in waiting:
            print(f"docs/zh/{key}: awaits translation: translate it, then run 'make confirm PAGE={key}'")
        return 1 if waiting or differences(docs) else 0
    if command not in ("confirm", "mark"):
        print(__doc__)
        return 2
    if not names:
        print("no page is named: make confirm PAGE=start/first-session.md, or a section of it, first-session.md#flush")
        return 2
    try:
        changed = (confirm if command == "confirm" else mark)(docs, names)
    except ValueError as error:
        print(error)
        return 2
    print("\n".join(changed) or "nothing to change")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
