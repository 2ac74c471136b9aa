"""What the cells of states × operations show, and what a question asks of them."""

from __future__ import annotations

from typing import Any
from zlib import crc32

CONDITIONS = {"deleted": "marked", "dirty": "modified"}  # of Session.deleted and Session.dirty
RESULTS = ("copy", "found", "prints")  # what a call returned or printed
SUMMARY_CALLS = ("add", "delete", "flush", "commit", "rollback", "expunge", "close")
SUMMARY_STARTS = ("transient", "pending", "persistent", "marked", "deleted", "detached")

Cell = dict[str, Any]


def prepare(request: Any) -> dict[str, Any]:
    """What the template needs beside the data. Raises ValueError for a question that cannot be asked."""
    found: dict[str, Any] = {
        "conditions": conditions,
        "values": values,
        "cell": lambda *place: cell(request.data, *place),
        "summary": {"starts": SUMMARY_STARTS, "calls": SUMMARY_CALLS},
    }
    if request.kind == "predict":
        found |= question(request.name, request.text, request.data)
    return found


def cell(data: dict[str, Any], start: str, operation: str) -> Cell:
    """One cell. Raises ValueError where it was not computed."""
    try:
        return data["cells"][start][operation]
    except KeyError:
        where = f"tables/states/data.json: has no cell '{start}-{operation}'"
        raise ValueError(f"{where}; run make record STORY=tables/states") from None


def named(anchor: str, data: dict[str, Any]) -> tuple[str, str]:
    """The starting point and the operation of an anchor. Raises ValueError."""
    for start in data["starts"]:
        operation = anchor.removeprefix(f"{start}-")
        if operation != anchor and operation in data["operations"]:
            return start, operation
    raise ValueError(f"there is no cell '{anchor}': name a starting point and an operation, as in 'pending-flush'")


def conditions(author: Cell) -> list[tuple[str, ...]]:
    """What holds beside the state (expired, modified, marked), as words and what fills them."""
    found: list[tuple[str, ...]] = [
        (condition,) for kind, condition in CONDITIONS.items() if kind in author.get("listed", ())
    ]
    if author["state"] == "pending" and "new" not in author.get("listed", ()):
        found.append(("not-in-new",))
    expired = author.get("expired", [])
    if expired and ("id" in author or "name" in author):
        return [*found, *(("value-expired", key) for key in expired)]
    if not expired and not {"id", "name"} & author.keys():
        return [*found, ("no-values",)]
    return [*found, ("expired",)] if expired else found


def values(author: Cell, before: Cell | None = None) -> list[str]:
    """The loaded attributes of an object; with `before`, only those whose value it did not have then."""
    return [key for key in ("id", "name") if key in author and (before is None or author[key] != before.get(key))]


def outcome(cell: Cell) -> tuple[Any, ...]:
    """What a choice of a question says, for comparison."""
    author = cell["after"]
    told = {key: cell.get(key) for key in ("sent", "copy", "found", "prints", "events")}
    known = [(key, author[key]) for key in values(author)]
    return author["state"], conditions(author), known, told, cell.get("error", {}).get("type")


def _distinct(choices: list[Cell]) -> list[tuple[Any, ...]]:
    """The outcomes that differ in more than their events."""
    outcomes: list[tuple[Any, ...]] = []
    for choice in choices:
        if (found := outcome({**choice, "events": None})) not in outcomes:
            outcomes.append(found)
    return outcomes


def gives(cell: Cell) -> set[str]:
    """Whether the call of a cell returned or printed something: the keys of what."""
    return cell.keys() & set(RESULTS)


def fitted(choice: Cell, asked: Cell) -> Cell:
    """A wrong choice with results only that the call asked about can give: an object, a list, or none."""
    found = {key: value for key, value in choice.items() if key not in RESULTS or key in asked}
    for key in gives(found):
        if isinstance(asked[key], list) and not isinstance(found[key], list):
            found[key] = [] if found[key] is None else [found[key]]
        elif isinstance(found[key], list) and not isinstance(asked[key], list):
            found[key] = found[key][0] if found[key] else None
    return found


def question(anchors: str, why: str, data: dict[str, Any]) -> dict[str, Any]:
    """A cell to predict. `anchors`: the cell's, then those of the cells whose outcomes are the wrong choices."""
    asked, *others = anchors.split() or [""]
    start, operation = named(asked, data)
    if not others:
        raise ValueError(f"predict '{anchors}' has one choice only: name cells with another outcome after it")
    if not why.strip():
        raise ValueError(f"predict '{anchors}' gives no reason: write it inside the fence")
    told = cell(data, start, operation)
    choices = [fitted(cell(data, *named(other, data)), told) for other in others]
    right = crc32(asked.encode()) % (len(choices) + 1)  # the same in every build and language
    choices.insert(right, told)
    if any(outcome(one) == outcome(other) for number, one in enumerate(choices) for other in choices[:number]):
        raise ValueError(f"predict '{anchors}': two choices are the same; name cells with another outcome")
    if any(gives(one) != gives(told) and "error" not in one for one in choices):
        raise ValueError(
            f"predict '{anchors}': one choice has no {' and no '.join(sorted(gives(told)))}; name a cell that has"
        )
    by_event = len(_distinct(choices)) < len(choices)
    if not by_event:
        choices = [{key: value for key, value in one.items() if key != "events"} for one in choices]
    return {
        "asked": asked,
        "program": f"{data['starts'][start]['code']}\n{data['operations'][operation]}",
        "choices": choices,
        "by_event": by_event,
        "right": right,
        "letter": chr(ord("A") + right),
        "why": " ".join(why.split()),
    }
