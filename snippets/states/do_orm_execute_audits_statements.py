"""do_orm_execute extends an audit trail to UPDATE and DELETE."""

from snippets.audit import Account, Audit, new_session, record
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import delete, event, inspect, select, update

empty_tables()
with new_session() as session, session.begin():
    session.add(Account(id=1, balance=10))
    session.add(Account(id=2, balance=0))


# --8<-- [end:setup]
# --8<-- [start:helpers]
def changes_accounts(state):
    is_change = state.is_update or state.is_delete
    on_account = state.bind_mapper is inspect(Account)
    return is_change and on_account and not state.is_executemany


def balances(state, where):
    query = select(Account.id, Account.balance).with_for_update()
    if where is not None:
        query = query.where(where)
    rows = state.session.execute(query, state.parameters)
    return dict(rows.all())


# --8<-- [end:helpers]
# --8<-- [start:listener]
@event.listens_for(new_session, "do_orm_execute")
def audit_statement(state):
    if not changes_accounts(state):
        return
    old = balances(state, state.statement.whereclause)
    result = state.invoke_statement()
    new = balances(state, Account.id.in_(old))
    for key, balance in old.items():
        if key not in new:
            record(state.session, f"{key}: deleted")
        elif new[key] != balance:
            record(state.session, f"{key}: {balance} -> {new[key]}")
    return result


# --8<-- [end:listener]

# --- story
# --8<-- [start:statements]
session = new_session(info={"user": "sam"})
first = update(Account).where(Account.id == 1)
session.execute(first.values(balance=15))
#> SELECT account; UPDATE account; SELECT account
session.execute(delete(Account).where(Account.balance == 0))
#> INSERT audit
#> SELECT account; DELETE account; SELECT account
session.commit()
#> INSERT audit; COMMIT
trail = select(Audit.user, Audit.entry).order_by(Audit.id)
print(session.execute(trail).all())
#> prints [('sam', '1: 10 -> 15'), ('sam', '2: deleted')]
# --8<-- [end:statements]

# --8<-- [start:together]
session.get(Account, 1).balance = 25
session.commit()
#> UPDATE account; INSERT audit; COMMIT
#> others see 3 rows in audit
session.close()
# --8<-- [end:together]
