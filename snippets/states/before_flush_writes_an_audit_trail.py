"""before_flush writes an audit trail of changed objects."""

from snippets.audit import Account, Audit, new_session
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import select

empty_tables()
with new_session() as session, session.begin():
    session.add(Account(id=1, balance=10))
    session.add(Account(id=2, balance=0))
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
session = new_session(info={"user": "sam"})
account = session.get(Account, 1)
unused = session.get(Account, 2)
account.balance = 7
session.delete(unused)
session.commit()
#> UPDATE account; INSERT audit; DELETE account; COMMIT
trail = select(Audit.user, Audit.entry).order_by(Audit.id)
print(session.execute(trail).all())
#> prints [('sam', '1: 10 -> 7'), ('sam', '2: deleted')]
# --8<-- [end:flush]

# --8<-- [start:history]
account.balance = 5
#> SELECT account
session.commit()
#> UPDATE account; INSERT audit; COMMIT
#> others see 3 rows in audit
session.close()
# --8<-- [end:history]
