"""The account that the stories about the audit trail change."""

from snippets.library import Base, engine

# --8<-- [start:setup]
from sqlalchemy import String, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, sessionmaker

new_session = sessionmaker(engine)


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
