"""Threads: a pool that is left to Python, one that nobody waits for, and SQL where no line of the program runs."""

import atexit
import functools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite:///threads.db")
Base.metadata.create_all(engine)


def work(number):
    with Session(engine) as session:
        session.get(Job, number)


def forever():
    with Session(engine) as session:
        session.scalars(select(Job)).all()
        ready.set()
        while True:
            time.sleep(0.001)


ready = threading.Event()
with Session(engine) as session:
    session.add(Job(id=1))
    session.commit()
    with ThreadPoolExecutor(2) as pool:
        pool.submit(functools.partial(session.get, Job, 1)).result()
threading.Thread(target=forever, daemon=True).start()
ready.wait()
pool = ThreadPoolExecutor(2)
for number in range(3):
    pool.submit(work, number)
pool.submit(lambda: time.sleep(0.05) or print("late"))
atexit.register(print, "at the very end")
