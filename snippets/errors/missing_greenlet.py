"""Reading an attribute that needs SQL raises under asyncio."""

# differs on sqlalchemy-2.0: with aiosqlite, SQLAlchemy 2.0 raises
#   a plain MissingGreenlet, without a StatementError around it
from snippets.library import Author, Base, Book

# --8<-- [start:setup]
import asyncio
import warnings

from sqlalchemy import create_engine, select
from sqlalchemy.exc import MissingGreenlet, StatementError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session, selectinload

warnings.simplefilter("ignore", RuntimeWarning)
sqlite = create_engine("sqlite:///library.db")
Base.metadata.drop_all(sqlite)
Base.metadata.create_all(sqlite)
with Session(sqlite) as session, session.begin():
    book = Book(title="Kindred")
    session.add(Author(name="Octavia", books=[book]))
    del book

async_engine = create_async_engine("sqlite+aiosqlite:///library.db")
# --8<-- [end:setup]

# --- story
# --8<-- [start:fix]
with_books = select(Author).options(selectinload(Author.books))


async def load_first():
    async with AsyncSession(
        async_engine, expire_on_commit=False
    ) as session:
        author = await session.scalar(with_books)
        #> SELECT author; SELECT book
        await session.commit()
        print(author.name, len(author.books))
        #> no SQL; prints Octavia 1


asyncio.run(load_first())
# --8<-- [end:fix]


# --8<-- [start:expired]
async def read_after_commit():
    async with AsyncSession(async_engine) as session:
        writer = await session.scalar(select(Author))
        await session.commit()
        #> writer is expired
        print(writer.name)  # raises the error


# --8<-- [end:expired]


# --8<-- [start:raised]
async def read_unloaded():
    async with AsyncSession(async_engine) as session:
        octavia = await session.scalar(select(Author))
        #> SELECT author; octavia.books is not loaded
        print(octavia.books)  # raises the error


# --8<-- [end:raised]

# --8<-- [start:wrapped]
for read in (read_after_commit, read_unloaded):
    try:
        asyncio.run(read())
    except (MissingGreenlet, StatementError) as error:
        cause = getattr(error, "orig", error)
        if not isinstance(cause, MissingGreenlet):
            raise
        print(type(error).__name__)
        # 2.1: StatementError, 2.0: MissingGreenlet
        print(cause)
        #> prints greenlet_spawn has not been called…
# --8<-- [end:wrapped]
asyncio.run(async_engine.dispose())
