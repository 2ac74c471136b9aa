"""Facts that hold a story and that readers don't see, in `<story>.facts.toml` beside it.

    [[facts]]
    line = "session.flush()"       # a statement's first line, as it stands in the story; nth = 2: the second of them
    says = "author.name is loaded; others see 0 rows in author"        # what tracer/facts.py can say
    about = "header"               # of a block: header | exit; left out: the whole
    on = "sqlite"                  # only on this database, or this version (sqlalchemy-2.1); left out: everywhere

    [[equivalent]]
    change = "delete: session.close()"         # as make mutate says it
    reason = "no connection is open any more"
    on = "sqlite"                              # as for facts

They are checked wherever the story's own `#>` comments are, on every run of it. A change that is declared equivalent
is one that no reader could call a mistake: the story says the same with it (tools/run/mutants.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.run import markers
from tools.run.markers import DATABASES, VERSION
from tools.run.mutants import mutants
from tracer import Recording, comments, facts
from tracer.comments import Claim

SUFFIX = ".facts.toml"
KEYS = {"facts": {"line", "nth", "says", "about", "on"}, "equivalent": {"change", "reason", "on"}}
ABOUT = ("whole", "header", "exit")
PLACES = ("sqlite", *DATABASES, f"{VERSION}2.0", f"{VERSION}2.1")


class FactsError(Exception):
    """What is wrong with a file of facts: what, and the remedy, without the file's name."""


@dataclass(frozen=True)
class StoryFacts:
    """What a file of facts says, by place: what holds there only, and under "" what holds everywhere."""

    claims: dict[str, list[Claim]] = field(default_factory=dict)
    equivalent: dict[str, dict[str, str]] = field(default_factory=dict)  # place → change → reason

    def at(self, recording: Recording) -> list[Claim]:
        """The claims that hold where a recording was made."""
        return [claim for place in _places(recording) for claim in self.claims.get(place, ())]

    def equivalent_at(self, recording: Recording) -> dict[str, str]:
        """The changes that are equivalent where a recording was made, with the reasons."""
        return {change: why for place in _places(recording) for change, why in self.equivalent.get(place, {}).items()}


def _places(recording: Recording) -> tuple[str, str, str]:
    """What a file of facts calls the place where a recording was made."""
    database = {"mysql": "mariadb"}.get(recording.database, recording.database) or "sqlite"
    return "", database, f"{VERSION}{'.'.join(recording.sqlalchemy.split('.')[:2])}"


def path_of(story: Path) -> Path:
    """Where a story's facts are, if it has any."""
    return story.with_suffix(SUFFIX)


def read(story: Path, source: str = "") -> StoryFacts:
    """The facts of a story, by the lines of `source`, its own text if none is given. Raises FactsError."""
    path = path_of(story)
    if not path.exists():
        return StoryFacts()
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FactsError(f"cannot be read ({error}): mend it") from None
    if not said:
        raise FactsError("says nothing: write facts, or delete it")
    for kind, entries in said.items():
        if kind not in KEYS or not isinstance(entries, list):
            raise FactsError(f"nothing reads '{kind}': write [[facts]] or [[equivalent]]")
        for entry in entries:
            if unknown := set(entry) - KEYS[kind]:
                raise FactsError(f"nothing reads '{min(unknown)}' in [[{kind}]]: mend the key")
    source = source or story.read_text("utf-8")
    claims: dict[str, list[Claim]] = {}
    for entry in said.get("facts", ()):
        claims.setdefault(_on(entry), []).append(_claim(entry, source))
    equivalent: dict[str, dict[str, str]] = {}
    for entry in said.get("equivalent", ()):
        if not str(entry.get("reason", "")).strip():
            raise FactsError(f"equivalent '{entry.get('change')}' gives no reason: write why the story says the same")
        equivalent.setdefault(_on(entry), {})[str(entry.get("change"))] = str(entry["reason"])
    return StoryFacts(claims, equivalent)


def _on(entry: dict[str, Any]) -> str:
    """Where an entry holds, "" for everywhere."""
    if (place := entry.get("on", "")) not in ("", *PLACES):
        raise FactsError(f"on '{place}' is none of {', '.join(PLACES)}: mend it")
    return str(place)


def _claim(entry: dict[str, Any], source: str) -> Claim:
    line, nth, about = str(entry.get("line")), entry.get("nth", 1), entry.get("about", "whole")
    if about not in ABOUT:
        raise FactsError(f"about '{about}' is none of {', '.join(ABOUT)}: mend it")
    numbers = [number for number, text in enumerate(source.splitlines(), 1) if text.strip() == line]
    if not isinstance(nth, int) or not 0 < nth <= len(numbers):
        times = f" {nth} times" if nth != 1 else ""
        raise FactsError(f"the story has no line `{line}`{times}: name one as it stands there, or delete the fact")
    number = numbers[nth - 1]
    try:
        return Claim(number, about, facts.parse(str(entry.get("says", "")), number))
    except facts.FactError as error:
        raise FactsError(f"of `{line}`: {str(error).partition(': ')[2]}") from None


def problems(story: Path, found: Recording) -> list[str]:
    """The facts that do not hold of a run, a line each, with the file."""
    shown = "/".join(path_of(story).parts[-3:])
    try:
        claims = read(story).at(found)
    except FactsError as error:
        return [f"{shown}: {error}"]
    lines = story.read_text("utf-8").splitlines()
    said = []
    for problem in comments.unheld(claims, found):
        number, _, what = problem.partition(": ")
        said.append(f"{shown}: `{lines[int(number) - 1].strip()}`: {what}; mend the story, or the fact")
    return list(dict.fromkeys(said))


def file_problems(stories: list[Path], folder: Path) -> Iterator[tuple[Path, str]]:
    """What is wrong with the files of facts below `folder` as they lie there: file, what, and the remedy."""
    for path in sorted(folder.glob(f"*/*{SUFFIX}")):
        story = path.with_name(path.name.removesuffix(SUFFIX) + ".py")
        if story not in stories:
            yield path, "is of no story: delete it, or name it as its story"
            continue
        try:
            said = read(story)
            if said.claims and markers.read(story).not_recorded:
                raise FactsError("facts need a recording, and the story is not recorded: write an assert in the story")
            for what in _superfluous(said, story.read_text("utf-8")):
                yield path, what
        except SyntaxError:
            pass  # which is said elsewhere
        except FactsError as error:
            yield path, str(error)


def _superfluous(said: StoryFacts, source: str) -> Iterator[str]:
    """Facts that the story itself says, and changes that are none."""
    own = {(claim.line, fact.text) for claim in comments.find(source, []) for fact in claim.facts}
    for claim in (claim for claims in said.claims.values() for claim in claims):
        for fact in claim.facts:
            if (claim.line, fact.text) in own and fact.kind != "statement":
                yield f'line {claim.line} of the story says "{fact.text}" itself: delete it here'
    if said.equivalent:
        known = {mutant.change for mutant in mutants(source)}
        for change in (change for changes in said.equivalent.values() for change in changes):
            if change not in known:
                yield f"equivalent '{change}' is no change of the story: copy one from make mutate, or delete it"
