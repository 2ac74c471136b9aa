"""before_flush writes an audit trail of changed objects."""

from snippets.audit import Account, Audit, new_session
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import select

empty_tables()
session = new_session()
account = Account(id=1, balance=10)
unused = Account(id=2, balance=0)
session.add_all([account, unused])
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
account.balance = 7
#> SELECT account
session.delete(unused)
session.commit()
#> SELECT account; UPDATE account; INSERT audit
#> DELETE account; COMMIT; others see 2 rows in audit
entries = select(Audit.entry).order_by(Audit.id)
print(session.scalars(entries).all())
#> prints ['1: 10 -> 7', '2: deleted']
session.close()
# --8<-- [end:flush]
