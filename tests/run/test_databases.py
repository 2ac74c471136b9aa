"""Every run gets an empty database of its own and leaves none behind; a server that is missing is named."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time

import pytest
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from tools.run import databases

SERVER = os.environ.get("DATABASE_URL")
on_a_server = pytest.mark.skipif(not SERVER, reason="needs a server: run make test-databases")


def names_on(server: str) -> set[str]:
    engine = create_engine(server)
    with engine.connect() as connection:
        found = set(connection.scalars(text(databases.NAMES[engine.dialect.name])))
    engine.dispose()
    return found


@on_a_server
def test_runs_do_not_see_each_other_and_leave_nothing():
    with databases.fresh(SERVER) as one, databases.fresh(SERVER) as other:
        engines = [create_engine(one), create_engine(other)]
        with engines[0].begin() as connection:
            connection.execute(text("CREATE TABLE here (id INTEGER)"))
        assert [inspect(engine).get_table_names() for engine in engines] == [["here"], []]
        made = {name for name in names_on(SERVER) if name.startswith(databases.PREFIX) and name in one + other}
        assert len(made) == 2
        for engine in engines:
            engine.dispose()
    assert not made & names_on(SERVER)


@on_a_server
@pytest.mark.parametrize("leaves", ["a pooled connection", "an open transaction"])
def test_a_run_may_leave_a_pooled_connection_but_no_open_transaction(leaves):
    expected = pytest.raises(DBAPIError) if leaves == "an open transaction" else contextlib.nullcontext()
    with expected, databases.fresh(SERVER) as url:
        engine = create_engine(url)
        connection = engine.connect()
        connection.execute(text("CREATE TABLE here (id INTEGER)"))
        connection.commit()
        connection.execute(text("SELECT * FROM here"))
        if leaves == "a pooled connection":
            connection.close()
    connection.close()
    engine.dispose()
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {make_url(url).database}"))
    engine.dispose()


@on_a_server
def test_what_killed_runs_have_left_is_removed_and_what_runs_is_not():
    hour = int(time.time()) // 3600
    mine = secrets.token_hex(4)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    begin = f"{databases.PREFIX}_{hour}"
    left = {
        f"{databases.PREFIX}_{hour - databases.LEFT_BEHIND}_abcdef_{ended.pid}_{mine}",  # by any machine, long ago
        f"{begin}_{databases.MACHINE}_{ended.pid}_{mine}",
    }
    used = {f"{begin}_{databases.MACHINE}_{os.getpid()}_{mine}", f"{begin}_abcdef_{ended.pid}_{mine}"}
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for name in left | used:
                connection.execute(text(f"CREATE DATABASE {name}"))
        databases.remove_left_behind(SERVER)  # if no other run has just done it
        assert (left | used) & names_on(SERVER) == used
    finally:
        with engine.connect() as connection:
            for name in left | used:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        engine.dispose()


ASK = """
import asyncio, sys
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import create_async_engine
drivers = {"postgresql": "postgresql+asyncpg", "mariadb": "mariadb+aiomysql"}
address = make_url(sys.argv[1])
engine = create_async_engine(address.set(drivername=drivers[address.get_backend_name()]))
async def ask():
    async with engine.connect() as connection:
        await connection.execute(select(1))
asyncio.run(ask())
asyncio.run(ask())
"""


@on_a_server
def test_a_pooled_connection_is_lost_with_its_event_loop():
    """So says the page about asyncio. SQLite's connections have no loop, which is why no story can show it."""
    run = subprocess.run([sys.executable, "-c", ASK, SERVER], capture_output=True, text=True)
    assert "RuntimeError: Task" in run.stderr and "attached to a different loop" in run.stderr


LEFT = """
import asyncio, gc, sys
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
engine = create_async_engine("sqlite+aiosqlite://")
async def ask():
    session = AsyncSession(engine)
    await session.scalar(select(1))
    if sys.argv[1] == "close":
        await session.close()
async def main():
    await ask()
    gc.collect()
    await engine.dispose()
asyncio.run(main())
"""


@pytest.mark.parametrize(("end", "warned"), [("leave", True), ("close", False)])
def test_an_async_session_that_is_not_closed_is_warned_of(end, warned):
    """So says the page about asyncio. The warning names an address in memory, which is why no story can show it."""
    run = subprocess.run([sys.executable, "-c", LEFT, end], capture_output=True, text=True)
    message = "SAWarning: The garbage collector is trying to clean up non-checked-in connection"
    assert (message in run.stderr) is warned, run.stderr


LAZY = """
import asyncio, sys
import sqlalchemy
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    pass
class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
engine = create_async_engine(make_url(sys.argv[1]).set(drivername=sys.argv[2]))
async def read():
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        author = Author(id=1)
        session.add(author)
        await session.flush()
        session.expire(author)
        try:
            author.id
        except sqlalchemy.exc.SQLAlchemyError as error:
            print(sqlalchemy.__version__[:3], type(error).__name__)
    await engine.dispose()
asyncio.run(read())
"""
DRIVERS = {
    "postgresql+asyncpg": {"2.0": "MissingGreenlet", "2.1": "MissingGreenlet"},
    "postgresql+psycopg": {"2.0": "MissingGreenlet", "2.1": "StatementError"},
    "mariadb+aiomysql": {"2.0": "StatementError", "2.1": "StatementError"},
}


@on_a_server
@pytest.mark.parametrize("driver", DRIVERS)
def test_which_driver_wraps_missing_greenlet(driver):
    """So says the page about MissingGreenlet, whose story runs on aiosqlite."""
    if driver.partition("+")[0] != SERVER.partition("+")[0]:
        pytest.skip(f"not on {driver}")
    with databases.fresh(SERVER) as address:
        run = subprocess.run([sys.executable, "-c", LAZY, address, driver], capture_output=True, text=True)
    version, _, raised = run.stdout.strip().partition(" ")
    assert raised == DRIVERS[driver].get(version), f"{run.stdout}{run.stderr}: mend docs/*/errors/missing-greenlet.md"


def test_sqlite_needs_no_database_of_its_own():
    for address in (None, "", "sqlite:///library.db"):  # an empty variable is as good as none
        with databases.fresh(address) as given:
            assert given == address


@pytest.mark.parametrize(
    "server", ["postgresql+psycopg://nobody@127.0.0.1:9/x", "mariadb+pymysql://nobody@127.0.0.1:9/"]
)
def test_a_server_that_refuses_is_said_at_once_and_without_its_address(server):
    with pytest.raises(databases.NoServer, match="the server of DATABASE_URL cannot be reached .*: start it") as error:
        databases.check(server)
    assert "\n" not in str(error.value) and "nobody" not in str(error.value)


@pytest.mark.parametrize("driver", ["postgresql+psycopg", "mariadb+pymysql"])
def test_a_server_that_says_nothing_is_named_within_seconds(driver):
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"{driver}://nobody@127.0.0.1:{silent.getsockname()[1]}/x"
        with pytest.raises(databases.NoServer, match="cannot be reached"):
            databases.check(address)
    assert time.monotonic() - began < databases.SECONDS + 2


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql+asyncpg://nobody@127.0.0.1/x", "postgresql\\+asyncpg is a driver for asyncio: name another"),
        ("nosuch://x", "Can't load plugin: sqlalchemy.dialects:nosuch"),
    ],
)
def test_an_address_of_no_use_is_one_line(address, why):
    with pytest.raises(databases.NoServer, match=why) as error:
        databases.check(address)
    assert "\n" not in str(error.value)
