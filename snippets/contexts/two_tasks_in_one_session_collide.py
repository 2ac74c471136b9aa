"""Two tasks in one AsyncSession collide, or seem not to."""

import asyncio

from sqlalchemy import select

from snippets.async_library import new_session
from snippets.library import Author, empty_tables

# --8<-- [start:setup]
from sqlalchemy.exc import IllegalStateChangeError
from sqlalchemy.exc import InvalidRequestError

empty_tables()
# --8<-- [end:setup]


# --- story
# --8<-- [start:shared]
async def find(session):
    return await session.scalar(select(Author.name))


async def share():
    async with new_session() as session:
        found, error = await asyncio.gather(
            find(session), find(session), return_exceptions=True
        )
    assert type(error) is InvalidRequestError
    print(error)
    #> prints This session is provisioning a new connection…

    async with new_session() as session:
        found, error = await asyncio.gather(
            find(session), session.close(), return_exceptions=True
        )
    assert type(error) is IllegalStateChangeError
    print(error)
    #> prints Method 'close()' can't be called here…


asyncio.run(share())
# --8<-- [end:shared]


# --8<-- [start:lucky]
async def share_a_connection():
    async with new_session() as session:
        await session.connection()  # one for both
        await asyncio.gather(find(session), find(session))


asyncio.run(share_a_connection())
# --8<-- [end:lucky]
