"""What the stories do otherwise on SQLAlchemy 2.0 than on 2.1, as their recordings show: run where 2.0 is installed.

Aliases of columns are counted; what else differs is told line by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.run import rerun
from tools.run.sandbox import ProgramFailed
from tracer import statements
from tracer.recording import Recording, Step

SENDERS = ("get()", "refresh", "lazy load", "eager load")
_ALIAS = re.compile(r"\b(\w+\.\w+) AS \w+")
_ROWS = re.compile(r"(\([?, ]+\))(?:, \1)+")  # how many rows one statement of a batch holds
_LINK = re.compile(r"sqlalche\.me/e/\d+/")

Event = dict[str, Any]


def compute(told: Iterable[tuple[Path, Recording, Recording]]) -> dict[str, Any]:
    """What differs, of stories with their recordings on 2.1 and on 2.0.

    `stories`: how many are the `same`, have other `aliases` only, `differ` otherwise; `aliases`: who sent statements
    with other aliases → how many `statements`, in how many `stories`; `lines`: what else differs, by story and line.
    """
    stories = {"same": 0, "aliases": 0, "differ": 0}
    aliases = {sender: {"statements": 0, "stories": 0} for sender in SENDERS}
    lines: list[dict[str, Any]] = []
    for story, new, old in told:
        senders = [*_aliases(new, old)]
        for sender in SENDERS:
            aliases[sender]["statements"] += senders.count(sender)
            aliases[sender]["stories"] += sender in senders
        found = [*_lines(story, new, old)]
        lines += found
        stories["differ" if found else "aliases" if senders else "same"] += 1
    return {"stories": stories, "aliases": aliases, "lines": lines}


def _aliases(new: Recording, old: Recording) -> Iterator[str]:
    """Who sent the statements that differ in nothing but aliases."""
    for step, before in zip(new.steps, old.steps, strict=False):
        for event, then in zip(step.events, before.events, strict=False):
            if event != then and event["event"] == then["event"] == "sql" and _plain(event) == _plain(then):
                reason = event.get("reason", "")
                yield next((sender for sender in SENDERS if reason.startswith(sender)), SENDERS[0])


def _plain(event: Event) -> Event:
    """An event without what is worded otherwise only."""
    plain = dict(event)
    if "sql" in plain:
        plain["sql"] = _ROWS.sub(r"\1", _ALIAS.sub(r"\1", plain["sql"]))
    plain.pop("message", None)  # of an exception: its type is compared, and told
    if "text" in plain:
        plain["text"] = _LINK.sub("", plain["text"])
    return plain


def _lines(story: Path, new: Recording, old: Recording) -> Iterator[dict[str, Any]]:
    """The lines that differ. What follows from an earlier difference, an object's other state, is left out."""
    source = story.read_text("utf-8").splitlines()
    seen: list[int] = []
    for step, before in zip(new.steps, old.steps, strict=False):
        same = list(map(_plain, step.events)) == list(map(_plain, before.events))
        if same and (seen or step.changes == before.changes) and step.lines == before.lines:
            continue
        if step.lines[0] not in seen:
            code = source[step.lines[0] - 1].strip()
            where = {"story": "/".join(story.parts[-2:]), "line": step.lines[0], "code": code}
            yield where | {"2.0": told(before), "2.1": told(step)}
        seen.append(step.lines[0])
        if step.lines != before.lines:
            return
    if len(new.steps) != len(old.steps) and not seen:
        reason = f"{len(old.steps)} steps on 2.0 and {len(new.steps)} on 2.1"
        raise ProgramFailed(f"{'/'.join(story.parts[-2:])}: has {reason}; make its lines run on both")


def told(step: Step) -> list[str]:
    """What a step did, as phrases that tools/tables/table.py draws."""
    phrases: list[str] = []
    for event in step.events:
        match event["event"]:
            case "sql":
                phrases.append(f"`{statements.summary(event['sql'])}`")
            case "begin" | "commit" | "rollback":
                phrases.append(f"`{event['event'].upper()}`")
            case "state":
                before, _, after = event["change"].partition("_to_")
                phrases.append(f"{{{before}}} → {{{after}}}" if after else f"`{event['change']}`")
            case "warning":
                phrases.append(f"`{event['category']}`")
            case "exception":
                phrases.append(f"`{event['type']}`")
            case "output":
                phrases.append(f"`{event['text'].strip()}`")
    return phrases


if __name__ == "__main__":
    print(json.dumps(compute(rerun.stories()), indent=1, ensure_ascii=False))
