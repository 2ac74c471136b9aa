"""A version counter notices that another Session was first."""

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    balance: Mapped[int]
    __mapper_args__ = {"version_id_col": version}


engine = create_engine("sqlite:///versions.db")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add(Account(id=1, balance=5))
    session.commit()
with Session(engine) as one, Session(engine) as two:
    mine, other = one.get(Account, 1), two.get(Account, 1)
    one.commit()
    two.commit()
    print(mine.balance, other.balance)
    one.commit()
    two.expunge(other)
    mine.balance = 6
    one.commit()
    two.add(other)
    other.balance = 7
    try:
        two.commit()
    except StaleDataError as error:
        print(type(error).__name__)
        two.rollback()
    print(other.balance)
