"""What a step sent, and which call or reason sent it: a clause for each, in the order of the statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracer import locale, statements, unsent
from tracer.moment import Moment

_CALL = re.compile(r"\s*(?:await )?[\w.()]+\.(\w+)\(")  # the last call of a chain
_CAUSES = {  # of statements that have no other reason
    "COMMIT": "commit",
    "ROLLBACK": "rollback",
    "RELEASE SAVEPOINT": "commit",
    "ROLLBACK TO SAVEPOINT": "rollback",
}
_ENDS = {"COMMIT", "ROLLBACK"}
_SAVEPOINT = re.compile(r"\b(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)")


@dataclass
class Group:
    """What one call or reason has sent: verbs, each with its connection.

    `who` is its subject, or "unsent" for an end that the driver doesn't send, "begins" for a BEGIN, "follows" for what
    a failure brings, "is sent" if the subject is unknown. `empty`: its writes changed no row; `unsure`: an upsert that
    doesn't say whether it did.
    """

    who: str
    verbs: list[str]
    connections: list[str] = field(default_factory=list)
    fails: bool = False
    empty: bool = False
    unsure: bool = False

    def text(self, words: dict[str, str], several: bool) -> str:
        """The clause. `several`: the step sends on more than one connection, so that it says which."""
        if self.who == "unsent":
            return words["sends no end"].format(self.verbs[0], self.connections[0])
        if self.who == "begins":
            said = words["is sent"].format(self.verbs[0])
        else:
            subject = (
                words[self.who] if self.who in ("follows", "is sent") else words["sends"].replace("{who}", self.who)
            )
            said = subject.replace("{what}", "{}").format(_counted(self.verbs, words))
            if several and len(set(self.connections)) == 1:
                said += words["on connection"].format(self.connections[0])
        return said + (words["which fails"] if self.fails else words["no row"] if self.empty else "")

    def continues_with(self, other: Group) -> bool:
        """Whether another one that follows belongs to the same clause."""
        ends = {*self.verbs, *other.verbs} <= _ENDS
        alike = (self.who, self.empty, self.unsure) == (other.who, other.empty, other.unsure) and not self.fails
        return alike and (ends or self.connections[-1] == other.connections[-1])


def groups(moment: Moment, language: str) -> list[Group]:
    """What was sent, neighbours of one subject and connection together."""
    called = _CALL.match(moment.code) if moment.step.kind == "statement" else None
    method = called[1] if called else ""
    found: list[Group] = []
    failed = False
    for index, event in enumerate(moment.events):
        if event["event"] not in ("sql", "commit", "rollback"):
            continue
        is_sql = event["event"] == "sql"
        what = statements.command(event["sql"]) if is_sql else event["event"].upper()
        if unsent.is_unsent(moment.events, index, moment.after):
            group = Group("unsent", [what], [event["connection"]])
            if not is_sql and group not in found:
                found.append(group)
            continue
        who = "begins" if what.startswith("BEGIN") else _who(event, what, moment, index, method, language)
        if what.startswith("ROLLBACK") and failed:
            who = "follows"
        failed = failed or "error" in event
        times = event.get("times", 1)
        connections = [event.get("connection", "")] * times
        unsure = is_sql and "rows" not in event and statements.is_upsert(event["sql"])
        group = Group(who, [what] * times, connections, "error" in event, event.get("rows") == 0, unsure)
        if found and found[-1].continues_with(group):
            found[-1].verbs += group.verbs
            found[-1].connections += group.connections
            found[-1].fails = group.fails
        else:
            found.append(group)
    return found


def open_writes(moment: Moment, found: list[Group]) -> dict[str, int]:
    """Connection → the number of its last group that changed rows and that no COMMIT or ROLLBACK has followed."""
    writes: dict[str, int] = {}
    for number, group in enumerate(found):
        for verb, connection in zip(group.verbs, group.connections, strict=True):
            if verb in _ENDS and group.who != "unsent":
                writes.pop(connection, None)
            elif verb in statements.WRITES and not (group.fails or group.empty or group.unsure):
                writes[connection] = number
    for connection in unsent.public_at_once(moment.events, moment.after):
        writes.pop(connection, None)
    return writes


def listed(items: list[str], words: dict[str, str]) -> str:
    """`a, b and c`."""
    return words["and"].join(filter(None, (words["comma"].join(items[:-1]), items[-1]))) if items else ""


def _who(event: dict, what: str, moment: Moment, index: int, method: str, language: str) -> str:
    """Who sent it: the call on this line, where it is that of which the recording speaks; "is sent" if unknown."""
    words, said = locale.words(language), event.get("reason") or _CAUSES.get(what, "")
    calls = {"commit": ("commit",), "rollback": ("rollback", "close", "remove", "reset"), "refresh": ("refresh",)}
    if method in calls.get(said, ()):
        return f"`{method}()`" + (" " if language == "zh" else "")
    if said in ("", "commit", "rollback") and moment.step.kind == "exit" and "with " in moment.code:
        return words["who leaving"]
    if said == "refresh":
        later = (event for event in moment.events[index:] if event["event"] == "refresh")
        if (event := next(later, None)) and len(event["objects"]) == 1:
            return words["who refreshing"].format(f"`{moment.name(event['objects'][0])}`")
    if said == "rollback":
        return "is sent"
    return locale.reason(said, language, "who") if said else words["who connection"]


def _counted(verbs: list[str], words: dict[str, str]) -> str:
    counts: dict[str, int] = {}
    for verb in verbs:
        counts[verb] = counts.get(verb, 0) + 1
    said = []
    for verb, count in counts.items():
        if count == 1 and (verb.startswith(("COMMIT", "ROLLBACK", "BEGIN")) or _SAVEPOINT.match(verb)):
            said.append(verb)
        else:
            said.append(words["counted one" if count == 1 else "counted"].format(count=count, verb=verb))
    return listed(said, words)
