"""do_orm_execute extends an audit trail to UPDATE and DELETE."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, delete, event, inspect
from sqlalchemy import select, true, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, sessionmaker


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
everything = select(Audit.entry).order_by(Audit.id)
first = Account.id == 1
# --8<-- [end:setup]

# --- story
# --8<-- [start:listener]
factory = sessionmaker(engine)
rows = select(Account.id, Account.balance).with_for_update()


@event.listens_for(factory, "do_orm_execute")
def audit_statement(state):
    if state.bind_mapper is inspect(Account) and (
        state.is_update or state.is_delete
    ):
        where = state.statement.whereclause
        read = rows.where(true() if where is None else where)
        old = dict(state.session.execute(read).all())
        result = state.invoke_statement()
        read = rows.where(Account.id.in_(old))
        new = dict(state.session.execute(read).all())
        state.session.add_all(
            Audit(entry=f"{key}: {old[key]} -> {new.get(key)}")
            for key in sorted(old)
            if old[key] != new.get(key)
        )
        return result
# --8<-- [end:listener]


# --8<-- [start:statements]
with factory() as session:
    session.execute(update(Account).where(first).values(balance=15))
    #> SELECT account; UPDATE account; SELECT account
    session.execute(delete(Account).where(Account.balance == 0))
    session.commit()
    #> INSERT audit; COMMIT; others see 2 rows in audit
    print(session.scalars(everything).all())
    #> prints ['1: 10 -> 15', '2: 0 -> None']
# --8<-- [end:statements]
