"""The retry helper that pages show: it repeats conflicts alone, each time anew, and not for ever."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from snippets import retry_helper
from tools.run import databases


class DriverError(Exception):
    """An error of a driver, with the code that it has under the name that the driver gives to it."""

    def __init__(self, *arguments: object, **code: str) -> None:
        super().__init__(*arguments)
        vars(self).update(code)


DEADLOCK = OperationalError("UPDATE", {}, DriverError("deadlock detected", sqlstate="40P01"))
PSYCOPG2_CONFLICT = OperationalError("UPDATE", {}, DriverError("could not serialize access", pgcode="40001"))
SQLITE_CONFLICT = OperationalError("UPDATE", {}, DriverError("database is locked", sqlite_errorname="SQLITE_BUSY"))
LOCK_TIMEOUT = OperationalError("UPDATE", {}, DriverError(1205, "Lock wait timeout exceeded"))
LOST_SAVEPOINT = OperationalError("ROLLBACK TO", {}, DriverError(1305, "SAVEPOINT does not exist"))
LOST_SAVEPOINT.__context__ = OperationalError("UPDATE", {}, DriverError(1213, "Deadlock found"))
DUPLICATE = IntegrityError("INSERT", {}, DriverError("duplicate key", sqlstate="23505"))
LOST_CONNECTION = OperationalError("COMMIT", {}, DriverError("the server is gone", sqlstate="57P01"))
NO_CODE = OperationalError("UPDATE", {}, DriverError())


class Factory:
    """What sessionmaker() returns, as far as the helper uses it. `ended` are the Sessions whose block is over."""

    def __init__(self, commit_error: Exception | None = None) -> None:
        self.begun, self.ended, self.commit_error = [], [], commit_error

    @contextmanager
    def begin(self):
        session = object()
        self.begun.append(session)
        try:
            yield session
            error, self.commit_error = self.commit_error, None
            if error:
                raise error
        finally:
            self.ended.append(session)


@pytest.fixture
def pauses(monkeypatch):
    found = []
    monkeypatch.setattr(retry_helper.time, "sleep", found.append)
    return found


def failing(times: int, error: Exception):
    """A function that raises `error` so many times, then returns the number of its calls."""
    calls = []

    def work(session: object) -> int:
        calls.append(session)
        if len(calls) <= times:
            raise error
        return len(calls)

    return work


def test_each_attempt_has_a_session_of_its_own(pauses):
    factory = Factory()
    assert retry_helper.run_transaction(factory, failing(2, DEADLOCK)) == 3
    assert len(set(map(id, factory.begun))) == 3 and factory.ended == factory.begun
    assert len(pauses) == 2 and all(0 <= pause <= 2 for pause in pauses)


def test_a_conflict_at_commit_is_repeated(pauses):
    assert retry_helper.run_transaction(Factory(DEADLOCK), failing(0, DEADLOCK)) == 2


def test_the_last_attempt_raises_the_conflict(pauses):
    factory = Factory()
    with pytest.raises(OperationalError, match="deadlock"):
        retry_helper.run_transaction(factory, failing(9, DEADLOCK), attempts=3)
    assert len(factory.begun) == 3 and len(pauses) == 2


@pytest.mark.parametrize("error", [DUPLICATE, LOCK_TIMEOUT, LOST_CONNECTION, NO_CODE, StaleDataError(), ValueError()])
def test_what_is_no_conflict_is_raised_at_once(pauses, error):
    factory = Factory()
    with pytest.raises(type(error)):
        retry_helper.run_transaction(factory, failing(1, error))
    assert len(factory.begun) == 1 and not pauses


@pytest.mark.parametrize("error", [DEADLOCK, PSYCOPG2_CONFLICT, SQLITE_CONFLICT])
def test_each_driver_s_name_of_the_code_is_read(pauses, error):
    assert retry_helper.run_transaction(Factory(), failing(1, error)) == 2


def test_a_savepoint_that_a_conflict_removed_is_a_conflict(pauses):
    assert retry_helper.run_transaction(Factory(), failing(1, LOST_SAVEPOINT)) == 2


def test_a_conflict_that_the_caller_is_handling_is_not_repeated(pauses):
    duplicate = IntegrityError("INSERT", {}, DriverError("duplicate key", sqlstate="23505"))
    factory = Factory()
    try:
        raise OperationalError("UPDATE", {}, DriverError("deadlock detected", sqlstate="40P01"))
    except OperationalError as handled:
        with pytest.raises(IntegrityError):
            retry_helper.run_transaction(factory, failing(9, duplicate))
        assert duplicate.__context__ is handled, "nothing precedes this error, so the test shows nothing"
    assert len(factory.begun) == 1, "run_transaction() took an error from before its first attempt for its own"


def test_a_conflict_is_repeated_while_the_caller_handles_another_error(pauses):
    calls = []

    def work(session: object) -> None:
        calls.append(session)
        try:
            if len(calls) == 1:
                raise OperationalError("UPDATE", {}, DriverError(1213, "Deadlock found"))
        finally:
            if len(calls) == 1:  # as the driver does when it looks for the savepoint
                raise OperationalError("ROLLBACK TO", {}, DriverError(1305, "SAVEPOINT does not exist"))

    try:
        raise ValueError
    except ValueError:
        retry_helper.run_transaction(Factory(), work)
    assert len(calls) == 2, "run_transaction() stopped before the conflict that led to the error"


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


@pytest.fixture
def new_session(tmp_path):
    """Sessions of two accounts that hold 1000 each, on the server of DATABASE_URL or on SQLite."""
    with databases.fresh(os.environ.get("DATABASE_URL")) as url:
        engine = create_engine(url or f"sqlite:///{tmp_path / 'accounts.db'}")

        @event.listens_for(engine, "connect")
        def wait_briefly(connection, record):
            if engine.dialect.name == "sqlite":
                connection.isolation_level = None
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = OFF")
            elif (
                engine.dialect.name == "postgresql"
            ):  # looks for a deadlock after a second, unless it is told otherwise
                connection.execute("SET deadlock_timeout = 10")
                connection.commit()

        if engine.dialect.name == "sqlite":
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        Base.metadata.create_all(engine)
        factory = sessionmaker(engine)
        with factory.begin() as session:
            session.add_all([Account(id=1, balance=1000), Account(id=2, balance=1000)])
        yield factory
        engine.dispose()


def test_no_transfer_is_lost_however_they_collide(new_session, monkeypatch):
    sleep, calls = time.sleep, []
    monkeypatch.setattr(retry_helper.time, "sleep", lambda pause: sleep(min(pause, 0.02)))  # so that the test is quick

    def transfer(source: int, target: int, amount: int) -> None:
        def work(session):
            calls.append(source)
            giver = session.get(Account, source, with_for_update=True)
            taker = session.get(Account, target, with_for_update=True)
            giver.balance -= amount
            taker.balance += amount

        retry_helper.run_transaction(new_session, work, attempts=200, pause=0.001)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(transfer, [1, 2] * 80, [2, 1] * 80, [30, 10] * 80))
    with new_session() as session:
        assert [session.get(Account, id).balance for id in (1, 2)] == [-600, 2600], "run_transaction() lost a transfer"
    assert len(calls) > 160, "no two transfers collided, so this shows nothing: let more of them run at a time"
