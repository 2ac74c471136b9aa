"""An AsyncSession is a Session whose SQL you await."""

from snippets.async_library import new_session
from snippets.library import Author, empty_tables

# --8<-- [start:setup]
import asyncio
from inspect import iscoroutinefunction

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:write]
async def add_author(name):
    async with new_session() as session:
        author = Author(name=name)
        session.add(author)
        #> author is pending; no SQL
        await session.flush()
        #> INSERT author; others see 0 rows in author
        await session.commit()
        #> COMMIT; others see 1 row in author
    return author


author = asyncio.run(add_author("Ursula"))
#> author is detached
print(author.name)
#> no SQL; prints Ursula
# --8<-- [end:write]


# --8<-- [start:inside]
async def rename(name):
    async with new_session.begin() as session:
        ursula = await session.scalar(select(Author))
        #> SELECT author
        ursula.name = name
        #> ursula is modified; no SQL
        assert type(session.sync_session) is Session
        assert ursula in session.sync_session.dirty
    #> UPDATE author; COMMIT


asyncio.run(rename("Ursula K. Le Guin"))
# --8<-- [end:inside]


# --8<-- [start:forgotten]
async def forget_to_await():
    async with new_session() as session:
        session.add(Author(name="Octavia"))
        session.commit()  # no await
        #> no SQL; warns RuntimeWarning
        await session.commit()
        #> INSERT author; COMMIT


asyncio.run(forget_to_await())

calls = "add expunge expire delete merge refresh get scalars flush"
awaited = [
    call
    for call in calls.split()
    if iscoroutinefunction(getattr(AsyncSession, call))
]
print(*awaited)
#> prints delete merge refresh get scalars flush
# --8<-- [end:forgotten]
