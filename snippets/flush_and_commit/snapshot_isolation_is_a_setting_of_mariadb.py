"""On MariaDB, snapshot isolation is switched on by a setting."""

# needs mariadb
from snippets.library import url

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session

# --8<-- [end:setup]

# --8<-- [start:setting]
snapshot = create_engine(url)


@event.listens_for(snapshot, "connect")
def switch_on(connection, record):
    switch = "SET innodb_snapshot_isolation = ON"
    connection.cursor().execute(switch)


# --8<-- [end:setting]
# --- story
# --8<-- [start:asked]
with Session(snapshot) as session:
    setting = text("SELECT @@innodb_snapshot_isolation")
    print(session.scalar(setting))
    #> prints 1
# --8<-- [end:asked]
