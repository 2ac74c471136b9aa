"""async_scoped_session keeps an AsyncSession for each task."""

import asyncio

from snippets.async_library import new_session
from snippets.library import Author, empty_tables

# --8<-- [start:setup]
from sqlalchemy.ext.asyncio import async_object_session
from sqlalchemy.ext.asyncio import async_scoped_session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:registry]
registry = async_scoped_session(
    new_session, scopefunc=asyncio.current_task
)


async def add_author(name):
    author = Author(name=name)
    registry.add(author)  # the same as registry().add(author)
    await registry.flush()
    #> INSERT author; author is persistent
    return author


async def handle_a_request():
    mine = registry()
    author = await add_author("Ursula")
    assert async_object_session(author) is mine
    await registry.commit()
    #> COMMIT; others see 1 row in author
    await registry.remove()
    #> author is detached
    assert not registry.registry.has()


asyncio.run(handle_a_request())
# --8<-- [end:registry]


# --8<-- [start:child]
async def start_a_task():
    task = asyncio.create_task(add_author("Octavia"))
    octavia = await task
    theirs = async_object_session(octavia)
    assert registry() is not theirs
    await registry.remove()
    #> no SQL; octavia is persistent

    by_task = registry.registry.registry  # a dict
    assert by_task == {task: theirs}
    await theirs.close()
    #> ROLLBACK; octavia is detached


asyncio.run(start_a_task())
# --8<-- [end:child]
