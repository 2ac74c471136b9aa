"""Small programs to trace: they write `from shelf import *` and have two classes and an engine with empty tables."""

import gc
import os
import sys
import textwrap
import types
from dataclasses import dataclass

import pytest
import sqlalchemy
from sqlalchemy import ForeignKey, String, create_engine, event, func, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, close_all_sessions, mapped_column, relationship

from tools.run import databases
from tracer import comments, record
from tracer.recording import Recording, Step
from tracer.text import render

collect_ignore = ["programs", "counting"]  # which are no tests
SETUP = "from shelf import *\nengine = fresh()\n# --- story\n"


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(50), unique=True)
    books: Mapped[list["Book"]] = relationship(back_populates="author", order_by="Book.id")
    profile: Mapped["Profile | None"] = relationship(back_populates="author")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None] = mapped_column(String(1000))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author | None] = relationship(back_populates="books")


class Profile(Base):
    __tablename__ = "profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"), unique=True)
    author: Mapped[Author | None] = relationship(back_populates="profile")


_url = os.environ.get("DATABASE_URL")
_engines: list[sqlalchemy.Engine] = []


@pytest.fixture(scope="session", autouse=True)
def database():
    """A database of these tests' own, where DATABASE_URL names a server."""
    global _url
    with databases.fresh(_url) as _url:
        yield
        close_all_sessions()
        for engine in _engines:
            engine.sync_engine.dispose() if engine.dialect.is_async else engine.dispose()


def database_url() -> str:
    return _url or "sqlite:///shelf.db"


def fresh(metadata=Base.metadata, **options):
    """An engine on empty tables; on SQLite with transactions that begin when SQLAlchemy says so."""
    engine = create_engine(database_url(), **options)
    _engines.append(engine)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _(connection, record):
            connection.isolation_level = None
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")  # quicker

        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    metadata.drop_all(engine)
    metadata.create_all(engine)
    return engine


@dataclass
class Traced:
    """What a program did, with its source."""

    recording: Recording
    source: str

    @property
    def steps(self) -> list[Step]:
        return self.recording.steps

    @property
    def problems(self) -> list[str]:
        """The checked comments that do not hold; lines are counted from the first below the setup."""
        above = self.source.count("\n", 0, self.source.index("# --- story")) + 1 if "# --- story" in self.source else 0
        found = comments.check(self.source, self.recording)
        return [f"{int(line) - above}:{said}" for line, _, said in (problem.partition(":") for problem in found)]

    @property
    def text(self) -> str:
        return render(self.recording, self.source)

    def all(self, code: str) -> list[Step]:
        """The steps whose line is `code`."""
        lines = self.source.splitlines()
        return [step for step in self.steps if lines[step.lines[0] - 1].strip() == code]

    def at(self, code: str, kind: str = "") -> Step:
        """The one step whose line is `code` (and which is of this kind)."""
        (found,) = [step for step in self.all(code) if not kind or step.kind == kind]
        return found

    def happened(self, code: str) -> list[str]:
        """What happened at the line `code`, a word or a statement each."""
        return [said(one) for step in self.all(code) for one in step.events]

    def after(self, code: str) -> dict:
        """The whole state after the last step whose line is `code`."""
        last = self.all(code)[-1]
        for step, state in zip(self.steps, self.recording.states(), strict=True):
            if step is last:
                return {kind: dict(values) for kind, values in state.items()}
        raise AssertionError


def said(happened: dict) -> str:
    if happened["event"] == "sql":
        return " ".join(happened["sql"].split()[: 3 if happened["sql"].startswith(("INSERT", "DELETE")) else 2])
    if happened["event"] == "output":
        return f"output {happened['text'].rstrip()}"
    return " ".join([happened["event"], happened.get("change") or happened.get("type") or ""]).rstrip()


@pytest.fixture(scope="session", autouse=True)
def _what_there_is_already():
    """Each recording collects garbage; what pytest holds is none."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """The module `shelf`, in an empty folder."""
    module = types.ModuleType("shelf")
    module.__dict__.update(Base=Base, Author=Author, Book=Book, Profile=Profile, Session=Session, fresh=fresh)
    module.__dict__.update(select=select, func=func, text=text, event=event, sqlalchemy=sqlalchemy, url=database_url())
    monkeypatch.setitem(sys.modules, "shelf", module)
    monkeypatch.chdir(tmp_path)
    yield module
    while _engines:
        _engines.pop().dispose()


@pytest.fixture
def trace(shelf):
    """Record a program; with `setup` it begins with the classes and the engine."""

    def traced(program: str, setup: bool = True, healthy: bool = True, **options) -> Traced:
        source = (SETUP if setup else "") + textwrap.dedent(program).lstrip("\n")
        recording = record(source, "program.py", **options)
        if healthy:
            assert recording.tracer_errors == []
            assert recording.uncaught == ""
        return Traced(recording, source)

    return traced
