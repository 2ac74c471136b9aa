"""The library's database from asyncio, for every async story."""

from snippets.library import engine, on_begin, on_connect

# --8<-- [start:engine]
from sqlalchemy import NullPool, event
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.ext.asyncio import create_async_engine

drivers = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "mariadb": "mariadb+aiomysql",
}
async_url = engine.url.set(drivername=drivers[engine.dialect.name])
async_engine = create_async_engine(
    async_url,
    poolclass=NullPool,  # this page runs many event loops
)
event.listen(async_engine.sync_engine, "connect", on_connect)
event.listen(async_engine.sync_engine, "begin", on_begin)
new_session = async_sessionmaker(
    async_engine, expire_on_commit=False
)
# --8<-- [end:engine]
