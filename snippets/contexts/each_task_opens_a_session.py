"""Each task opens an AsyncSession of its own."""

import asyncio

from snippets.async_library import new_session
from snippets.library import Author, empty_tables

# --8<-- [start:setup]
empty_tables()
# --8<-- [end:setup]


# --- story
# --8<-- [start:apart]
async def add_author(name, first=None):
    async with new_session.begin() as session:
        author = Author(name=name)
        session.add(author)
        if first:
            await first
        #> author is pending
    #> INSERT author; COMMIT


async def one_each():
    async with asyncio.TaskGroup() as tasks:
        ursula = tasks.create_task(add_author("Ursula"))
        tasks.create_task(add_author("Octavia", first=ursula))
    #> others see 2 rows in author


asyncio.run(one_each())
# --8<-- [end:apart]
