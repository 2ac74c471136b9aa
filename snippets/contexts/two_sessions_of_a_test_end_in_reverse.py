"""Two Sessions in one test: the later one has to end first."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

empty_tables()
connection = engine.connect()
connection.begin()
mode = "create_savepoint"
in_test = sessionmaker(connection, join_transaction_mode=mode)
# --8<-- [end:setup]

# --- story
# --8<-- [start:reverse]
first, second = in_test(), in_test()
first.scalars(select(Author)).all()
second.scalars(select(Author)).all()
first.commit()
#> RELEASE SAVEPOINT; warns SAWarning
try:
    second.commit()
    #> RELEASE SAVEPOINT; raises OperationalError
except OperationalError as error:
    print(error.orig)
connection.close()
# --8<-- [end:reverse]
