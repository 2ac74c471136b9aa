"""after_flush extends an audit trail to new objects."""

from snippets.audit import Account, new_session, record
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import event

empty_tables()


# --8<-- [end:setup]
# --8<-- [start:listener]
@event.listens_for(new_session, "after_flush")
def audit_new_objects(session, context):
    for account in session.new:
        if isinstance(account, Account):
            entry = f"{account.id}: created with {account.balance}"
            record(session, entry)


# --8<-- [end:listener]

# --- story
# --8<-- [start:saved]
with new_session(info={"user": "sam"}) as session:
    session.add(Account(balance=10))
    session.commit()
    #> INSERT account; INSERT audit; COMMIT
    #> others see "1: created with 10" in audit
    session.add(Account(balance=20))
    session.flush()
    #> INSERT account
    session.commit()
    #> INSERT audit; COMMIT; others see 2 rows in audit
# --8<-- [end:saved]
