"""What is asked of private names is there in this version of SQLAlchemy and Python."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from tracer import internals


@pytest.fixture
def reasons(shelf):
    """Who called each flush of a Session in this list's second half; the first is the Session."""
    session, found = Session(shelf.fresh()), []
    event.listen(session, "before_flush", lambda *_: found.append(internals.flushed_by()))
    yield session, found
    session.close()


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda session, shelf: session.flush(), "flush"),
        (lambda session, shelf: session.commit(), "commit"),
        (lambda session, shelf: session.scalars(shelf.select(shelf.Author)).all(), "autoflush"),
        (lambda session, shelf: session.begin_nested(), "begin_nested"),
    ],
)
def test_who_calls_a_flush(reasons, shelf, act, reason):
    session, found = reasons
    session.add(shelf.Author(name="ann"))
    act(session, shelf)
    assert found[0] == reason


def test_the_end_of_a_savepoint_flushes(reasons, shelf):
    session, found = reasons
    with session.begin_nested():
        session.add(shelf.Author(name="ann"))
    assert found[-1] == "savepoint"


def test_all_live_sessions_are_found():
    one = sessionmaker(create_engine("sqlite://"))()
    assert one in internals.sessions()
    key = one.hash_key
    del one
    assert key not in [session.hash_key for session in internals.sessions()]


def test_a_transaction_that_can_only_be_rolled_back(shelf):
    with Session(shelf.fresh()) as session:
        session.connection()
        assert not internals.waits_for_rollback(session.get_transaction())
        session.add_all([shelf.Author(id=1), shelf.Author(id=1)])
        with pytest.raises(Exception, match="author"):
            session.flush()
        assert internals.waits_for_rollback(session.get_transaction())


def test_threads_of_a_pool_are_told_from_others():
    with ThreadPoolExecutor(1) as pool:
        worker = pool.submit(threading.current_thread).result()
        assert internals.of_a_pool({worker, threading.main_thread()}) == {worker}
