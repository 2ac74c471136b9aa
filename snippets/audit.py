"""The account that the stories about the audit trail change."""

from snippets.library import Base, engine

# --8<-- [start:setup]
from sqlalchemy import String, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, sessionmaker

new_session = sessionmaker(engine)


# --8<-- [end:setup]
# --8<-- [start:classes]
class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int] = mapped_column(active_history=True)


class Audit(Base):
    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(String(50))
    entry: Mapped[str] = mapped_column(String(100))


# --8<-- [end:classes]
# --8<-- [start:listener]
def record(session, entry):
    user = session.info["user"]
    session.add(Audit(user=user, entry=entry))


@event.listens_for(new_session, "before_flush")
def audit_objects(session, context, instances):
    for account in session.dirty:
        if isinstance(account, Account):
            history = inspect(account).attrs.balance.history
            if history.has_changes():
                old, new = history.deleted[0], history.added[0]
                record(session, f"{account.id}: {old} -> {new}")
    for account in session.deleted:
        if isinstance(account, Account):
            record(session, f"{account.id}: deleted")


# --8<-- [end:listener]
