"""The rows that a statement writes, as its construct and its parameters tell them: nothing is read out of SQL text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList

from tracer import statements

Row = dict[str, Any]  # table; key (list) and values (column → value) where they are known


def table(context: Any) -> Table | None:
    """The table that an execution writes to; None if it does not write, or that is not known."""
    statement = getattr(getattr(context, "compiled", None), "statement", None)
    target = statement.table if isinstance(statement, (Insert, Update, Delete)) else None
    return target if isinstance(target, Table) else None


def rows(context: Any, keys: Any) -> list[Row]:
    """The rows of an execution, in the order of its parameters; a row without a key stands for those not known.

    `keys`: the primary keys of inserted rows, a sequence of them or of None where they are not known.
    """
    target = table(context)
    if target is None:
        return []
    statement, found = context.compiled.statement, []
    for given in context.compiled_parameters:
        if isinstance(statement, Insert):
            found += _inserted(statement, target, given)
        else:
            found += _changed(statement, target, given, context.compiled.bind_names)
    columns, upsert = [column.name for column in target.primary_key], statements.is_upsert(str(context.statement))
    for number, row in enumerate(found):
        given = number < len(keys) == len(found) and not upsert  # of one that was skipped, a driver returns another's
        key = list(keys[number]) if given else [None]
        if isinstance(statement, Insert) and None in key:
            key = [row.get("values", {}).get(column) for column in columns]
        if "key" not in row and key and None not in key:
            row["key"] = key
    return [_in_order(row) for row in found]


def _in_order(row: Row) -> Row:
    return {name: row[name] for name in ("table", "key", "values") if row.get(name)}


def _inserted(statement: Insert, target: Table, given: dict[str, Any]) -> Iterator[Row]:
    if statement.select is not None:
        yield {"table": target.name}
        return
    number = 0
    while several := _values(target, given, f"_m{number}"):  # values([{…}, {…}]): a name for each row
        yield {"table": target.name, "values": several}
        number += 1
    if not number:
        yield {"table": target.name, "values": _values(target, given)}


def _changed(statement: Any, target: Table, given: dict[str, Any], names: dict[Any, str]) -> Iterator[Row]:
    values = _values(target, given) if isinstance(statement, Update) else {}
    keys = [column.name for column in target.primary_key]
    equal = dict(_conditions(statement.whereclause, target, given, names))
    if keys and all(key in equal for key in keys):
        yield {"table": target.name, "key": [equal[key] for key in keys], "values": values}
    else:
        yield {"table": target.name, "values": values}


def _values(target: Table, given: dict[str, Any], suffix: str = "") -> dict[str, Any]:
    """What is sent for each column: SQLAlchemy names the parameters of VALUES and SET after the columns."""
    return {
        column.name: given[f"{column.key}{suffix}"] for column in target.columns if f"{column.key}{suffix}" in given
    }


def _conditions(clause: Any, target: Table, given: dict[str, Any], names: dict[Any, str]) -> Iterator[tuple[str, Any]]:
    """The columns that must equal a parameter, and its value, as far as all rows must meet them."""
    if isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _conditions(part, target, given, names)
    elif isinstance(clause, BinaryExpression) and clause.operator is operators.eq:
        column, value = clause.left, clause.right
        name = names.get(value) if isinstance(value, BindParameter) else None
        if name in given and getattr(getattr(column, "table", None), "name", None) == target.name:
            yield column.name, given[name]
