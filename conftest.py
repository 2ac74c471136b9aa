"""For all tests, of pages and of programs: each has a time limit, and the server of DATABASE_URL must be there."""

import contextlib
import os
import signal
from collections.abc import Iterator

import pytest

from tools.run import databases, sandbox, variants

CALL, SETUP = 60, 300  # seconds; what tests of a file share is made in the first one's setup, for instance the site


@contextlib.contextmanager
def limit(seconds: float, what: str) -> Iterator[None]:
    """Fail after so many seconds. Windows has no such signal, and no limit then."""

    def too_long(number, frame):
        pytest.fail(f"{what} took more than {seconds:g} s: make it quicker, or mark it with time_limit(seconds)")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    with limit(SETUP, f"what {item.nodeid} needs"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    marker = item.get_closest_marker("time_limit")
    with limit(marker.args[0] if marker else CALL, item.nodeid):
        return (yield)


def pytest_sessionstart(session):
    """Say at once that the server of DATABASE_URL is not there, not at each test; remove what killed runs have left."""
    try:
        variants.here()
        databases.check(os.environ.get("DATABASE_URL"))
        if "PYTEST_XDIST_WORKER" not in os.environ:
            sandbox.remove_left_behind()
            databases.remove_left_behind(os.environ.get("DATABASE_URL"))
    except (variants.AddressError, databases.NoServer) as error:
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_configure(config):
    config.addinivalue_line("markers", "time_limit(seconds): the test may take so long, not a minute only")
