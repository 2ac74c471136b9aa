"""Reading an attribute may need SQL, and has no await for it."""

from snippets.library import Author, Base, Book

# --8<-- [start:setup]
import asyncio

from sqlalchemy import NullPool, create_engine, select
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session

sqlite = create_engine("sqlite:///library.db")
Base.metadata.drop_all(sqlite)
Base.metadata.create_all(sqlite)
with Session(sqlite) as session, session.begin():
    book = Book(title="The Dispossessed")
    session.add(Author(name="Ursula", books=[book]))
    del book

async_sqlite = create_async_engine(
    "sqlite+aiosqlite:///library.db", poolclass=NullPool
)
# --8<-- [end:setup]


# --- story
# --8<-- [start:expired]
async def read_what_expired():
    async with AsyncSession(async_sqlite) as session:
        author = await session.scalar(select(Author))
        await session.commit()
        #> COMMIT; author is expired
        try:
            print(author.name)
        except MissingGreenlet as error:
            print(str(error).partition(";")[0])
            #> prints greenlet_spawn has not been called


asyncio.run(read_what_expired())
# --8<-- [end:expired]


# --8<-- [start:unloaded]
async def read_what_was_not_loaded():
    async with AsyncSession(
        async_sqlite, expire_on_commit=False
    ) as session:
        ursula = await session.scalar(select(Author))
        await session.commit()
        #> ursula.name is loaded; ursula.books is not loaded
        print(ursula.name)
        #> no SQL; prints Ursula
        try:
            print(ursula.books)
            #> no SQL; raises MissingGreenlet
        except MissingGreenlet:
            await session.refresh(ursula, ["books"])
            #> SELECT author; SELECT book
        print(ursula.books[0].title)
        #> no SQL; prints The Dispossessed


asyncio.run(read_what_was_not_loaded())
# --8<-- [end:unloaded]
