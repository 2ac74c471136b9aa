"""An error that nobody catches, with a cause and a note."""

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite:///fails.db")
Base.metadata.create_all(engine)


def save(session):
    try:
        session.add_all([Job(id=1), Job(id=1)])
        session.commit()
    except Exception as error:
        error.add_note("twice")
        raise RuntimeError("not saved") from error


with Session(engine) as session:
    session.add(Job(id=1))
    session.commit()
    save(
        session,
    )
