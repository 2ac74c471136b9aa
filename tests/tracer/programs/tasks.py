"""asyncio: tasks that are cancelled, that time out, that fail together."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


async def slow(engine, number):
    async with AsyncSession(engine) as session:
        session.add(Job(id=number))
        await session.flush()
        await asyncio.sleep(60)


async def main():
    engine = create_async_engine("sqlite+aiosqlite:///tasks.db")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    try:
        async with asyncio.timeout(0.5):
            await slow(engine, 1)
    except TimeoutError:
        print("timed out")
    task = asyncio.create_task(slow(engine, 2))
    await asyncio.sleep(0.5)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))
    async with AsyncSession(engine) as session:
        session.add(Job(id=3))
        await session.commit()
        print((await session.scalars(select(Job.id))).all())
    await engine.dispose()


asyncio.run(main())
