"""A thread-local scope mixes requests that share one thread."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import asyncio
from contextvars import ContextVar

from sqlalchemy.orm import scoped_session, sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:mixed]
current_request = ContextVar("current_request")


async def handle(registry, name):
    current_request.set(object())
    registry.add(Author(name=name))
    await asyncio.sleep(0)  # the other request's turn
    found = sorted(author.name for author in registry.new)
    registry.remove()
    return found


async def two_requests(registry):
    return await asyncio.gather(
        handle(registry, "Ursula"), handle(registry, "Octavia")
    )


by_thread = scoped_session(sessionmaker(engine))
first, second = asyncio.run(two_requests(by_thread))
assert first == ["Octavia", "Ursula"]
assert second == []
# --8<-- [end:mixed]

# --8<-- [start:apart]
by_request = scoped_session(
    sessionmaker(engine), scopefunc=current_request.get
)
first, second = asyncio.run(two_requests(by_request))
assert first == ["Ursula"]
assert second == ["Octavia"]
# --8<-- [end:apart]


# --8<-- [start:inherited]
async def ask():
    return by_request()


async def handle_in_parts():
    current_request.set(object())
    one, two = await asyncio.gather(ask(), ask())
    assert one is two is by_request()
    by_request.remove()


asyncio.run(handle_in_parts())
# --8<-- [end:inherited]
