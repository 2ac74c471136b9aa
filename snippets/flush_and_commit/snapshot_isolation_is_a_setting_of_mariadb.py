"""On MariaDB, snapshot isolation is switched on by a setting."""

# needs mariadb
from snippets.library import url

# --8<-- [start:setup]
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

# --8<-- [end:setup]

# --- story
# --8<-- [start:setting]
switch = "SET innodb_snapshot_isolation = ON"
snapshot = create_engine(url, connect_args={"init_command": switch})
with Session(snapshot) as session:
    setting = text("SELECT @@innodb_snapshot_isolation")
    print(session.scalar(setting))
    #> prints 1
# --8<-- [end:setting]
