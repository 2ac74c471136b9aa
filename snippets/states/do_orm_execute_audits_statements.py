"""do_orm_execute extends an audit trail to UPDATE and DELETE."""

# --8<-- [start:setup]
from sqlalchemy import String, delete, event, inspect
from sqlalchemy import select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, sessionmaker

from snippets.library import empty_tables, engine


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


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
rows = select(Account.id, Account.balance).order_by(Account.id)


@event.listens_for(factory, "do_orm_execute")
def audit_statement(state):
    if not state.is_update and not state.is_delete:
        return None
    if state.bind_mapper is not inspect(Account):
        return None
    before = rows.with_for_update()
    if state.statement.whereclause is not None:
        before = before.where(state.statement.whereclause)
    old = dict(state.session.execute(before).all())
    result = state.invoke_statement()
    after = rows.where(Account.id.in_(old))
    new = dict(state.session.execute(after).all())
    for key, balance in old.items():
        if new.get(key) != balance:
            entry = f"{balance} -> {new.get(key, 'deleted')}"
            state.session.add(Audit(entry=entry))
    return result
# --8<-- [end:listener]


# --8<-- [start:statements]
with factory() as session:
    more = Account.balance + 5
    session.execute(update(Account).values(balance=more))
    #> SELECT account; UPDATE account; SELECT account
    session.execute(delete(Account).where(Account.balance == 15))
    session.commit()
    print(session.scalars(entries).all())
    #> prints ['10 -> 15', '0 -> 5', '15 -> deleted']
# --8<-- [end:statements]
