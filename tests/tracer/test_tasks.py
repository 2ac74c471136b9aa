"""Threads and asyncio tasks: each has its steps, under a name that is the same in every run."""

import asyncio


def test_threads_each_have_their_steps(trace):
    traced = trace("""
        import threading
        def work(name):
            with Session(engine) as session:
                session.scalars(select(Author)).all()
        def start(name):
            thread = threading.Thread(target=work, args=(name,))
            thread.start()
            thread.join()
        start("a")
        start("b")
    """)
    assert [step.task for step in traced.all("session.scalars(select(Author)).all()")] == ["thread1", "thread2"]
    assert {step.task for step in traced.all("thread.join()")} == {""}
    assert {step.depth for step in traced.all("with Session(engine) as session:")} == {0}


def test_threads_at_the_same_time_are_recorded_whole(trace):
    traced = trace("""
        import threading
        meet = threading.Barrier(4)
        def work():
            meet.wait(10)
            for n in range(5):
                with Session(engine) as session:
                    session.scalars(select(Author)).all()
                    author = Author()
        threads = [threading.Thread(target=work) for n in range(4)]
        for thread in threads:
            thread.start()
    """)
    queries = traced.all("session.scalars(select(Author)).all()")
    assert len(queries) == 20
    assert {step.task for step in queries} == {"thread1", "thread2", "thread3", "thread4"}
    assert all("query" in [event.get("reason") for event in step.events] for step in queries)


def test_tasks_keep_their_events_and_their_changes(trace):
    traced = trace(
        ASYNC
        + """
        import asyncio
        async def add(name):
            async with make() as session:
                author = Author(name=name)
                session.add(author)
                await session.commit()
                await session.refresh(author)
        async def main():
            await asyncio.gather(add("ann"), add("ben"))
            await engine.dispose()
        asyncio.run(main())
    """.replace("\n        ", "\n"),
        setup=False,
    )
    commits = traced.all("await session.commit()")
    assert sorted(step.task for step in commits) == ["task2", "task3"]
    for step in commits:
        assert [event["sql"].split()[0] for event in step.events if event["event"] == "sql"] == ["INSERT"]
        assert [value["state"] for value in step.changes["objects"].values() if value] == ["persistent"]
    for step in traced.all("await session.refresh(author)"):
        assert [event["reason"] for event in step.events if event["event"] == "sql"] == ["refresh"]
    assert {step.task for step in traced.all('await asyncio.gather(add("ann"), add("ben"))')} == {"task1"}


def test_the_task_that_records_is_nothing_to_speak_of(trace):
    async def record():
        return trace("session = Session(engine)\nsession.execute(text('SELECT 1'))\n")

    traced = asyncio.run(record())
    assert {step.task for step in traced.steps} == {""}


def test_what_runs_in_run_sync_belongs_to_its_line(trace):
    traced = trace(
        ASYNC
        + """
        import asyncio
        def titles(session):
            author = session.scalars(select(Author)).one()
            session.expire(author)
            name = author.name
            return [book.title for book in author.books]
        async def main():
            async with make() as session:
                session.add(Author(name="ann", books=[Book(title="one")]))
                await session.commit()
                print(await session.run_sync(titles))
            await engine.dispose()
        asyncio.run(main())
    """.replace("\n        ", "\n"),
        setup=False,
    )

    def reasons(code):
        return [event["reason"] for step in traced.all(code) for event in step.events if event["event"] == "sql"]

    assert reasons("author = session.scalars(select(Author)).one()") == ["query"]
    assert reasons("name = author.name") == ["refresh"]
    assert reasons("return [book.title for book in author.books]") == ["lazy load Author.books"]
    assert reasons("print(await session.run_sync(titles))") == []
    assert traced.at("name = author.name").function == "titles"


ASYNC = """
from shelf import *
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
fresh().dispose()
drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "mariadb": "mariadb+aiomysql"}
address = sqlalchemy.make_url(url)
engine = create_async_engine(address.set(drivername=drivers[address.get_backend_name()]))
make = async_sessionmaker(engine, expire_on_commit=False)
# --- story
"""
