"""do_orm_execute extends an audit trail to UPDATE and DELETE."""

from snippets.audit import Account, Audit, new_session
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import delete, event, inspect, select, update

empty_tables()
with new_session() as session, session.begin():
    session.add(Account(id=1, balance=10))
    session.add(Account(id=2, balance=0))


# --8<-- [end:setup]
# --8<-- [start:rows]
def rows_to_change(state):
    rows = select(Account.id, Account.balance).with_for_update()
    if state.statement.whereclause is not None:
        rows = rows.where(state.statement.whereclause)
    return state.session.execute(rows, state.parameters)


# --8<-- [end:rows]
# --8<-- [start:listener]
@event.listens_for(new_session, "do_orm_execute")
def audit_statement(state):
    changes = state.is_update or state.is_delete
    on_account = state.bind_mapper is inspect(Account)
    if changes and on_account and not state.is_executemany:
        old = dict(rows_to_change(state).all())
        result = state.invoke_statement()
        rows = select(Account.id, Account.balance)
        rows = rows.where(Account.id.in_(old))
        new = dict(state.session.execute(rows).all())
        for key in old:
            entry = f"{key}: deleted"
            if key in new:
                entry = f"{key}: {old[key]} -> {new[key]}"
            if new.get(key) != old[key]:
                state.session.add(Audit(entry=entry))
        return result


# --8<-- [end:listener]

# --- story
# --8<-- [start:statements]
session = new_session()
first = update(Account).where(Account.id == 1)
session.execute(first.values(balance=15))
#> SELECT account; UPDATE account; SELECT account
session.execute(delete(Account).where(Account.balance == 0))
#> INSERT audit
#> SELECT account; DELETE account; SELECT account
session.commit()
#> INSERT audit; COMMIT; others see 2 rows in audit
entries = select(Audit.entry).order_by(Audit.id)
print(session.scalars(entries).all())
#> prints ['1: 10 -> 15', '2: deleted']
# --8<-- [end:statements]

# --8<-- [start:together]
session.get(Account, 1).balance = 25
session.commit()
#> UPDATE account; INSERT audit; COMMIT
#> others see 3 rows in audit
session.close()
# --8<-- [end:together]
