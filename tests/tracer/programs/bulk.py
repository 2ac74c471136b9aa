"""Many rows by one statement, and by a loop."""

from sqlalchemy import create_engine, func, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "row of <b>"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


engine = create_engine("sqlite:///bulk.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.execute(insert(Row), [{"number": n} for n in range(1500)])
    session.bulk_save_objects([Row(number=n) for n in range(5)])
    session.execute(update(Row).where(Row.id > 700).values(number=Row.number + 1))
    session.commit()
    for row in session.scalars(select(Row).where(Row.id < 300)):
        if row.id % 7 == 0:
            row.number = -1
        elif row.id % 50 == 0:
            session.flush()
    session.commit()
    for number in range(40):
        session.scalar(select(Row.number).where(Row.id == number))
    print(session.scalar(select(func.sum(Row.number))))
    print(sum(session.get(Row, n, populate_existing=True).number for n in range(1, 200)))
