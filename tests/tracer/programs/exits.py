"""Warnings, and an end by sys.exit() with words."""

import sys
import warnings

from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


def old():
    warnings.warn("old", stacklevel=2)


engine = create_engine("sqlite:///exits.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    for _ in range(3):
        old()
        warnings.warn("deprecated", DeprecationWarning, stacklevel=1)
    session.add_all([Job(id=1), Job(id=1)])
    session.scalars(select(Job.id, func.count())).first()
    print("é → 图", sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.name, sorted(globals()))
    sys.exit("no more jobs")
