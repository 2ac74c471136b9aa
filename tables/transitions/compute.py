"""Tries every call on an object in every state; prints the edges.

Each try starts from a fresh Session and ends with a look at the
object: what state is it in, and which events has SQLAlchemy fired?
"""

import contextlib
import gc
import json
import warnings
import weakref

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionEvents

from snippets.library import empty_tables
from tables.transitions.calls import CALLS, MAKERS
from tables.transitions.starts import NEW, STARTS, STATES, Base, Try, fired, state_of

EVENTS = [name for name in dir(SessionEvents) if "_to_" in name or name == "loaded_as_persistent"]


def listen(name):
    @event.listens_for(Session, name)
    def listener(session, instance):
        fired.append((name, instance))


def attempt(act, start=None):
    """What one call did: (from, to, events)."""
    t = Try(start)
    fired.clear()
    made = None
    with contextlib.suppress(SQLAlchemyError, KeyError, ValueError):
        made = act(t)
    seen = made if start is None else t.seen
    events = [name for name, instance in fired if instance is seen]
    found = (t.before, state_of(seen), events)
    if t.session is not None:
        t.session.close()
    fired.clear()
    return found


def chained(start, end, events):
    """Whether these events lead from state to state, to the end."""
    at = start
    for name in events:
        left, _, reached = name.partition("_to_")
        if left != at:
            return False
        at = reached
    return at == end


def edges_of(act):
    """{(from, to, events): [the situations in which it is so]}."""
    found = {}
    for start, situations in STARTS.items():
        for when, make in situations.items():
            before, after, events = attempt(act, make)
            assert before == start, f"{when} is not {start}"
            if len(events) > 1 and chained(before, after, events):
                # A flush came first: the rest is found by itself.
                after, events = events[0].partition("_to_")[2], events[:1]
            if (before, ()) != (after, tuple(events)):
                key = before, after, tuple(events)
                found.setdefault(key, []).append(when)
    return found


def all_edges():
    """{(from, to, when, events): {group: [calls]}}, in order."""
    edges = {}
    for group, calls in MAKERS.items():
        for call, act in calls.items():
            before, after, events = attempt(act)
            key = before, after, (), tuple(events)
            edges.setdefault(key, {}).setdefault(group, []).append(call)
    for group, calls in CALLS.items():
        for call, act in calls.items():
            for (before, after, events), when in edges_of(act).items():
                key = before, after, () if "" in when else tuple(when)
                taken = edges.setdefault((*key, events), {})
                taken.setdefault(group, []).append(call)
    order = NEW, *STATES
    return dict(
        sorted(
            edges.items(),
            key=lambda edge: (
                order.index(edge[0][0]),
                order.index(edge[0][1]),
                len(edge[0][2]),
                not edge[0][3],
            ),
        )
    )


def told(taken):
    """A group's name if all its calls lead here, or the calls."""
    for group, calls in taken.items():
        whole = {tuple(known.get(group, ())) for known in (CALLS, MAKERS)}
        yield from [group] if tuple(calls) in whole else calls


def kept():
    """Whether a Session keeps an object that nobody else holds."""
    for state, situations in STARTS.items():
        for when, make in situations.items():
            t = Try(make)
            reference = weakref.ref(t.book())
            t.seen = None
            fired.clear()
            gc.collect()
            assert not fired, "an event tells that an object is collected"
            yield {"state": state, "when": when, "kept": reference() is not None}
            t.session.close()


def lines(rows):
    return ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    empty_tables(Base.metadata)
    for name in EVENTS:
        listen(name)
    edges = (
        {
            "from": before,
            "to": after,
            "when": when,
            "calls": list(told(taken)),
            "events": events,
        }
        for (before, after, when, events), taken in all_edges().items()
    )
    edges = list(edges)
    named = {call for edge in edges for call in edge["calls"]}
    groups = (
        {"group": group, "calls": list(calls)}
        for group, calls in [*MAKERS.items(), *CALLS.items()]
        if len(calls) > 1 and group in named
    )
    still = [call for group, calls in CALLS.items() for call in calls if not named & {group, call}]
    print('{"edges": [')
    print(lines(edges))
    print('], "groups": [')
    print(lines(groups))
    print('], "still":', json.dumps(still) + ', "kept": [')
    print(lines(kept()))
    print("]}")
