"""What must be known of a whole recording before its steps are drawn: names, what is shown one by one."""

from __future__ import annotations

from tracer import statements
from tracer.recording import ARROW, MODULE, Recording

MAX_OBJECTS = 10  # drawn one by one; more are counted


class Story:
    """A recording as a whole.

    `names`: label → the variable that names the thing. `columns`: class → the attributes that are columns.
    `tables`: those that the program has to do with. `labels`: the objects that come in it; `listed`: those of them that
    are shown one by one.
    """

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.names = display_names(recording)
        self._know()

    def _know(self) -> None:
        """What must be known of the whole story beforehand."""
        self.columns: dict[str, set[str]] = {}
        self.tables: set[str] = {"*"}
        relations: set[tuple[str, str]] = set()
        labels: dict[str, None] = {}
        for changes in (self.recording.initial, *(step.changes for step in self.recording.steps)):
            for label, thing in changes.get("objects", {}).items():
                if thing is None:
                    continue
                if changes is not self.recording.initial:
                    labels[label] = None
                kind = label.partition("#")[0]
                for key, value in thing["values"].items():
                    if isinstance(value, list) or (isinstance(value, str) and value.startswith(ARROW)):
                        relations.add((kind, key))
                    else:
                        self.columns.setdefault(kind, set()).add(key)
            if changes is not self.recording.initial:
                self.tables.update(changes.get("tables", {}))
        for kind, key in relations:
            self.columns.get(kind, set()).discard(key)
        for step in self.recording.steps:
            self.tables.update(statements.table(event["sql"]) for event in step.events if event["event"] == "sql")
        self.labels = set(labels)
        # Named things first: they are what the program speaks of.
        listed = sorted(labels, key=lambda label: label not in self.names)
        self.listed = set(listed if len(listed) <= MAX_OBJECTS else listed[:MAX_OBJECTS])

    def name(self, label: str) -> str:
        """The variable that names a thing; an object without one has a letter, a Session its label.

        "Author A" is the first Author: readers took the number of a label for the key of its row.
        """
        return self.names.get(label) or _lettered(label)


def _lettered(label: str) -> str:
    kind, _, number = label.partition("#")
    if not number:
        return label
    return f"{kind} {chr(ord('A') + int(number) - 1) if int(number) <= 26 else number}"


def display_names(recording: Recording) -> dict[str, str]:
    """Label → the variable that names the thing, or no entry for what shows its label.

    A name belongs to the first thing that is bound to it; to a later one only if the first was gone before that one
    came, so that no two things of one moment share a name. The program's own variables precede those of functions.
    """
    moments = [recording.initial, *(step.changes for step in recording.steps)]
    came: dict[str, int] = {}
    gone: dict[str, int] = {}
    for number, changes in enumerate(moments):
        for label, thing in (*changes.get("objects", {}).items(), *changes.get("sessions", {}).items()):
            if thing is None:
                gone[label] = number
            else:
                came.setdefault(label, number)
    names: dict[str, str] = {}
    owner: dict[str, str] = {}
    for of_functions in (False, True):
        for changes in moments:
            for function, variables in changes.get("names", {}).items():
                if (function != MODULE) != of_functions:
                    continue
                for variable, value in (variables or {}).items():
                    if not isinstance(value, str) or not value.startswith(ARROW):
                        continue
                    label = value[len(ARROW) :]
                    held = owner.get(variable)
                    late = held is not None and gone.get(held, len(moments)) > came.get(label, 0)
                    if label not in names and not late:
                        names[label], owner[variable] = variable, label
    return names
