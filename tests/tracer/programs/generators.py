"""Generators that are thrown into, closed, and left waiting."""

import contextlib

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite:///generators.db")
Base.metadata.create_all(engine)


def jobs():
    with Session(engine) as session:
        for number in range(9):
            try:
                session.add(Job(id=number + 1))
                session.flush()
                yield number
            except KeyError:
                session.rollback()
                yield "thrown"


@contextlib.contextmanager
def scope():
    session = Session(engine)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


running = jobs()
print(next(running), running.throw(KeyError()), next(running))
running.close()
waiting = jobs()
next(waiting)
waiting.throw(KeyError())
with contextlib.suppress(ZeroDivisionError), scope() as session:
    session.add(Job(id=1))
    session.flush()
    raise ZeroDivisionError
with scope() as session:
    session.add(Job(id=2))
print(session.scalar(select(func.count()).select_from(Job)))
session.close()
