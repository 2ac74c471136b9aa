"""What a story says of itself at its top, in comments beside its imports.

# needs postgresql, mariadb           it runs in the database runs only; each has a recording of its own
# not recorded: two threads race      it cannot be recorded twice alike: its assertions are all that is checked
# differs on mariadb: a rolled-back   what it does there is another recording (tools/run/variants.py)
#   INSERT leaves a gap in the keys
# forks: a child uses its pool           it may call os.fork(); the child ends with os._exit()
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tracer import MARK

DATABASES = ("postgresql", "mariadb")
VERSION = "sqlalchemy-"
PLACES = (*DATABASES, f"{VERSION}2.0")
_DIFFERS = re.compile(r"^# differs on ([\w ,.-]+): (.*(?:\n#   .*)*)", re.MULTILINE)
_NEEDS = re.compile(r"^# needs (.*)$", re.MULTILINE)
_FORKS = re.compile(r"^# forks\b:?(.*(?:\n#   .*)*)", re.MULTILINE)
_NOT_RECORDED = re.compile(r"^# not recorded\b:?(.*(?:\n#   .*)*)", re.MULTILINE)


class MarkerError(Exception):
    """A marker that cannot be right: one line that names the story and the remedy."""


@dataclass(frozen=True)
class Markers:
    """`needs`: the databases it runs on, none: everywhere. `not_recorded`, `forks`: why. `differs`: place → why."""

    needs: tuple[str, ...] = ()
    not_recorded: str = ""
    forks: str = ""
    differs: dict[str, str] = field(default_factory=dict)

    def runs_on(self, place: str) -> bool:
        """Whether the story runs at a place, as tools.run.variants.here() says it."""
        return not self.needs or place.partition("+")[0] in self.needs


def read(story: Path) -> Markers:
    """The markers of a story. Raises MarkerError."""
    name = "/".join(story.parts[-3:])
    top, mark, _ = story.read_text("utf-8").partition(f"\n{MARK}")
    needs: list[str] = []
    for said in _NEEDS.findall(top):
        for database in re.split(r", | and ", said.strip()):
            if database not in DATABASES:
                raise MarkerError(f"{name}: needs '{database}', which is none of {', '.join(DATABASES)}: mend it")
            needs.append(database)
    forks = [_one_line(said) for said in _FORKS.findall(top)]
    if not all(forks):
        raise MarkerError(f"{name}: '# forks:' gives no reason: write what the child is for")
    reasons = [_one_line(said) for said in _NOT_RECORDED.findall(top)]
    if not all(reasons):
        raise MarkerError(f"{name}: '# not recorded:' gives no reason: write why it cannot be recorded twice alike")
    differs = {}
    for places, reason in _DIFFERS.findall(top):
        for place in places.split(", "):
            if not set(place.split("+")) <= set(PLACES):
                raise MarkerError(f"{name}: '{place}' is none of {', '.join(PLACES)}: mend 'differs on'")
            differs[place] = _one_line(reason)
    if differs and (needs or reasons):
        other = "needs" if needs else "not recorded"
        raise MarkerError(f"{name}: says both 'differs on' and '{other}': remove 'differs on'")
    return Markers(tuple(needs), reasons[0] if reasons else "", forks[0] if forks else "", differs)


def _one_line(said: str) -> str:
    return " ".join(line.removeprefix("#").strip() for line in said.splitlines()).strip()
