"""An isolation level is set before the transaction begins."""

# differs on postgresql: the last line prints READ COMMITTED,
#   because the late call hasn't changed the level
# differs on mariadb: the last line prints REPEATABLE READ,
#   because the late call hasn't changed the level
from snippets.bank import Account, open_account, usual
from snippets.library import url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:engine]
everywhere = create_engine(url, isolation_level="SERIALIZABLE")
with Session(everywhere) as session:
    print(session.connection().get_isolation_level())
    #> prints SERIALIZABLE
# --8<-- [end:engine]

# --8<-- [start:copy]
strict = usual.execution_options(isolation_level="SERIALIZABLE")
print(strict.pool is usual.pool)
#> no SQL; prints True
with Session(strict) as session:
    print(session.connection().get_isolation_level())
    #> prints SERIALIZABLE
# --8<-- [end:copy]

# --8<-- [start:transaction]
level = {"isolation_level": "SERIALIZABLE"}
with Session(usual) as session:
    connection = session.connection(execution_options=level)
    print(connection.get_isolation_level())
    #> prints SERIALIZABLE
    session.commit()
    print(session.connection().get_isolation_level())
# --8<-- [end:transaction]

# --8<-- [start:late]
with Session(usual) as session:
    mine = session.get(Account, 1)
    #> SELECT account
    connection = session.connection(execution_options=level)
    #> warns SAWarning; no SQL
    print(connection.get_isolation_level())
# --8<-- [end:late]
