"""An isolation level is set before the transaction begins."""

from snippets.bank import Account, open_account, usual
from snippets.library import url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:engines]
everywhere = create_engine(url, isolation_level="SERIALIZABLE")
strict = usual.execution_options(isolation_level="SERIALIZABLE")
print(strict.pool is usual.pool)
#> no SQL; prints True
for bind in everywhere, strict:
    new_session = sessionmaker(bind)
    with new_session() as session:
        connection = session.connection()
        print(connection.get_isolation_level())
        #> prints SERIALIZABLE
# --8<-- [end:engines]

# --8<-- [start:transaction]
level = {"isolation_level": "SERIALIZABLE"}
with Session(usual) as session:
    default = session.connection().get_isolation_level()
    session.commit()
    connection = session.connection(execution_options=level)
    #> BEGIN
    print(connection.get_isolation_level())
    #> prints SERIALIZABLE
    session.commit()
    connection = session.connection()
    print(connection.get_isolation_level() == default)
    #> prints True
# --8<-- [end:transaction]

# --8<-- [start:late]
with Session(usual) as session:
    mine = session.get(Account, 1)
    #> SELECT account
    connection = session.connection(execution_options=level)
    #> warns SAWarning; no SQL
    print(connection.get_isolation_level() == default)
    #> prints True
# --8<-- [end:late]
