"""before_flush writes an audit trail of changed objects."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, event, inspect, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import sessionmaker


class Base(DeclarativeBase):
    pass


class Audit(Base):
    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(String(100))


# --8<-- [end:setup]
# --8<-- [start:account]
class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int] = mapped_column(active_history=True)


# --8<-- [end:account]
# --8<-- [start:rows]
empty_tables(Base.metadata)
new_session = sessionmaker(engine)
session = new_session()
account = Account(id=1, balance=10)
unused = Account(id=2, balance=0)
session.add_all([account, unused])
session.commit()
# --8<-- [end:rows]

# --- story
# --8<-- [start:listener]
@event.listens_for(new_session, "before_flush")
def write_audit(session, context, instances):
    for account in session.dirty:
        if isinstance(account, Account):
            history = inspect(account).attrs.balance.history
            if history.has_changes():
                old, new = history.deleted[0], history.added[0]
                entry = f"{account.id}: {old} -> {new}"
                session.add(Audit(entry=entry))
    for account in session.deleted:
        if isinstance(account, Account):
            session.add(Audit(entry=f"{account.id}: deleted"))
# --8<-- [end:listener]


# --8<-- [start:flush]
account.balance = 7
#> SELECT account
session.delete(unused)
session.commit()
#> others see 2 rows in audit
entries = select(Audit.entry).order_by(Audit.id)
print(session.scalars(entries).all())
#> prints ['1: 10 -> 7', '2: deleted']
# --8<-- [end:flush]

# --8<-- [start:statement]
session.execute(update(Account).values(balance=0))
#> UPDATE account
session.commit()
#> COMMIT; others see 2 rows in audit
session.close()
# --8<-- [end:statement]
