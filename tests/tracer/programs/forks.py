"""A child that is forked and ends like a program; one of multiprocessing; one that is started."""

import multiprocessing
import os
import subprocess
import sys

from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


def work(number):
    engine = create_engine("sqlite:///forks.db")
    with Session(engine) as session:
        session.add(Job(id=number))
        session.commit()


if __name__ == "__main__":
    engine = create_engine("sqlite:///forks.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        print(session.scalars(select(Job.id)).all(), flush=True)
    child = os.fork()
    if not child:
        work(1)
        print("child", flush=True)
        sys.exit(3)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    process = multiprocessing.get_context("spawn").Process(target=work, args=(2,))
    process.start()
    process.join()
    subprocess.run([sys.executable, "-c", "print('started')"], stdout=sys.stdout.fileno(), check=True)
    with Session(engine) as session:
        print(session.scalars(select(Job.id).order_by(Job.id)).all())
