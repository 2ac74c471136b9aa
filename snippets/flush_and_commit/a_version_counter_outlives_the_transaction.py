"""A version counter remembers what an earlier transaction read."""

from snippets.library import Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

# --8<-- [end:setup]


# --8<-- [start:mapping]
class Counted(Base):
    __tablename__ = "counted"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


# --8<-- [end:mapping]

# --8<-- [start:row]
empty_tables()
strict = engine.execution_options(isolation_level="SERIALIZABLE")
with Session(engine) as session, session.begin():
    session.add(Counted(id=1, balance=10))
# --8<-- [end:row]

# --- story
# --8<-- [start:counted]
with Session(strict) as session:
    mine = session.get(Counted, 1)

with Session(strict) as other:
    other.get(Counted, 1).balance += 5
    other.commit()
    #> UPDATE counted; COMMIT

with Session(strict) as session:
    session.add(mine)
    mine.balance += 7
    try:
        session.commit()
        #> UPDATE counted; ROLLBACK; raises StaleDataError
    except StaleDataError as error:
        print(error)
    session.rollback()
    session.commit()
    #> no SQL
    print(mine.balance)
    #> SELECT counted; prints 15
# --8<-- [end:counted]
