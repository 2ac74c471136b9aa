"""What classes and tables a program has, gathered from the objects and statements that come by."""

from __future__ import annotations

import warnings
from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import Mapper


class Schema:
    """The classes of the objects that were seen, and the tables of their metadata."""

    def __init__(self) -> None:
        self._mappers: dict[str, Mapper[Any]] = {}
        self._metadata: dict[MetaData, None] = {}

    def note_class(self, mapper: Mapper[Any]) -> None:
        """Note the class of an object."""
        if self._mappers.setdefault(mapper.class_.__name__, mapper) is mapper:
            self.note_table(mapper.local_table)

    def note_table(self, table: Any) -> None:
        """Note the table of a class or a statement; what is none is passed over."""
        if isinstance(table, Table):
            self._metadata[table.metadata] = None

    def classes(self) -> dict[str, list[str]]:
        """Class → the names of its tables, that of the identity's key first."""
        found = {}
        for name, mapper in sorted(self._mappers.items()):
            tables = [*(column.table for column in mapper.primary_key), *mapper.tables]
            found[name] = list(dict.fromkeys(table.name for table in tables if isinstance(table, Table)))
        return found

    def tables(self, seen: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
        """Table → its columns and its key. `seen`: the columns of tables in the database."""
        found: dict[str, dict[str, list[str]]] = {}
        for metadata in self._metadata:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of tables that refer to each other
                tables = metadata.sorted_tables
            for table in tables:
                columns = {"columns": [column.name for column in table.columns]}
                key = [column.name for column in table.primary_key]
                found.setdefault(table.name, columns | ({"key": key} if key else {}))
        for name, names in sorted(seen.items()):
            found.setdefault(name, {"columns": names})
        return found
