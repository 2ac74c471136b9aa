"""Repeat a whole transaction after a conflict with another one."""

# --8<-- [start:run]
import random
import sys
import time

from sqlalchemy.exc import DBAPIError


def run_transaction(new_session, work, attempts=5, pause=0.05):
    """Call work(session), retry on conflicts; return its result."""
    prior = sys.exception()  # what the caller is handling
    for attempt in range(1, attempts + 1):
        try:
            with new_session.begin() as session:
                return work(session)
        except DBAPIError as error:
            if attempt == attempts or not is_conflict(error, prior):
                raise
        # The Session is closed and its connection is in the pool.
        time.sleep(random.uniform(0, min(2, pause * 2**attempt)))


# --8<-- [end:run]

# --8<-- [start:conflicts]
CONFLICTS = {
    "40001",  # PostgreSQL: could not serialize access
    "40P01",  # PostgreSQL: deadlock detected
    1213,  # MariaDB: deadlock found
    1020,  # MariaDB: record has changed since last read
    "SQLITE_BUSY",  # SQLite: another transaction is writing
    "SQLITE_BUSY_SNAPSHOT",  # SQLite: another wrote first
}


def code_of(error):
    """The database's own code: a number on MariaDB, else text."""
    driver = error.orig
    if driver.args and isinstance(driver.args[0], int):
        return driver.args[0]
    for name in ("sqlstate", "pgcode", "sqlite_errorname"):
        if code := getattr(driver, name, None):
            return code
    return None


def is_conflict(error, prior=None):
    """Is this error, or one that led to it, in CONFLICTS?"""
    while error is not None and error is not prior:
        database = isinstance(error, DBAPIError)
        if database and code_of(error) in CONFLICTS:
            return True
        error = error.__context__  # the error that led to it
    return False


# --8<-- [end:conflicts]
