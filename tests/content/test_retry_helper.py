"""The retry helper that pages show: it repeats conflicts alone, each time anew, and not for ever."""

from contextlib import contextmanager

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from snippets import retry_helper


class DriverError(Exception):
    """An error of a driver, with the code that PostgreSQL's has."""

    def __init__(self, *arguments: object, sqlstate: str | None = None) -> None:
        super().__init__(*arguments)
        self.sqlstate = sqlstate


DEADLOCK = OperationalError("UPDATE", {}, DriverError("deadlock detected", sqlstate="40P01"))
LOCK_TIMEOUT = OperationalError("UPDATE", {}, DriverError(1205, "Lock wait timeout exceeded"))
LOST_SAVEPOINT = OperationalError("ROLLBACK TO", {}, DriverError(1305, "SAVEPOINT does not exist"))
LOST_SAVEPOINT.__context__ = OperationalError("UPDATE", {}, DriverError(1213, "Deadlock found"))
DUPLICATE = IntegrityError("INSERT", {}, DriverError("duplicate key", sqlstate="23505"))
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


@pytest.mark.parametrize("error", [DUPLICATE, LOCK_TIMEOUT, NO_CODE, ValueError()])
def test_what_is_no_conflict_is_raised_at_once(pauses, error):
    factory = Factory()
    with pytest.raises(type(error)):
        retry_helper.run_transaction(factory, failing(1, error))
    assert len(factory.begun) == 1 and not pauses


def test_a_savepoint_that_a_conflict_removed_is_a_conflict(pauses):
    assert retry_helper.run_transaction(Factory(), failing(1, LOST_SAVEPOINT)) == 2
