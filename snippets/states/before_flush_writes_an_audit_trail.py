"""before_flush writes an audit trail of changed objects."""

# --8<-- [start:setup]
from sqlalchemy import String, event, inspect, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, sessionmaker

from snippets.library import empty_tables, engine


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int] = mapped_column(active_history=True)


class Audit(Base):
    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(String(100))


empty_tables(Base.metadata)
with Session(engine) as session, session.begin():
    session.add(Account(id=1, balance=10))
    session.add(Account(id=2, balance=0))
entries = select(Audit.entry).order_by(Audit.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:listener]
factory = sessionmaker(engine)


@event.listens_for(factory, "before_flush")
def write_audit(session, context, instances):
    for account in session.dirty:
        if isinstance(account, Account):
            history = inspect(account).attrs.balance.history
            if history.has_changes():
                [old] = history.deleted
                entry = f"{old} -> {account.balance}"
                session.add(Audit(entry=entry))
    for account in session.deleted:
        if isinstance(account, Account):
            entry = f"account {account.id} deleted"
            session.add(Audit(entry=entry))
# --8<-- [end:listener]


# --8<-- [start:flush]
session = factory()
account = session.get(Account, 1)
account.balance = 7
session.delete(session.get(Account, 2))
session.commit()
#> others see 2 rows in audit; account is expired
account.balance = 5
#> SELECT account
session.commit()
#> UPDATE account; INSERT audit; COMMIT
print(session.scalars(entries).all())
#> prints ['10 -> 7', 'account 2 deleted', '7 -> 5']
# --8<-- [end:flush]

# --8<-- [start:statement]
session.execute(update(Account).values(balance=0))
#> UPDATE account
session.commit()
#> COMMIT; others see 3 rows in audit
session.close()
# --8<-- [end:statement]
