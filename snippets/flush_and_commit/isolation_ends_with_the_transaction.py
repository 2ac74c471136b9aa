"""No level protects what an earlier transaction has read."""

from snippets.library import Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Mapped, Session, mapped_column


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


empty_tables()
strict = engine.execution_options(isolation_level="SERIALIZABLE")
with Session(engine) as session, session.begin():
    session.add(Account(id=1, balance=10))
# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
with Session(strict) as session:
    mine = session.get(Account, 1)
    #> SELECT account

with Session(strict) as other:
    other.get(Account, 1).balance += 5
    other.commit()
    #> UPDATE account; COMMIT

with Session(strict) as session:
    session.add(mine)
    mine.balance += 7
    session.commit()
    #> UPDATE account; COMMIT
    assert mine.balance == 17
# --8<-- [end:lost]
