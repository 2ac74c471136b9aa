"""pre_ping and recycle replace a connection that has gone."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import time

from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
limits = {
    "postgresql": "SET idle_session_timeout = '2s'",
    "mariadb": "SET SESSION wait_timeout = 2",
}
limit = limits[engine.dialect.name]


def engine_with_limit(**options):
    """An engine whose server closes connections idle for 2 s."""
    new = create_engine(engine.url, **options)

    @event.listens_for(new, "connect")
    def on_connect(connection, record):
        with connection.cursor() as cursor:
            cursor.execute(limit)
        connection.commit()

    return new


# --8<-- [end:setup]

# --- story
# --8<-- [start:idle]
plain = engine_with_limit()
pinging = engine_with_limit(pool_pre_ping=True)
recycling = engine_with_limit(pool_recycle=1)
opened = [each.connect() for each in (plain, pinging, recycling)]
for connection in opened:
    connection.close()  # returns it to its pool
time.sleep(2.5)  # longer than the server waits
# --8<-- [end:idle]

# --8<-- [start:gone]
session = Session(plain)
try:
    session.scalars(names).all()
except DBAPIError as error:
    print(error.connection_invalidated)
    #> prints True

try:
    session.scalars(names).all()
    #> no SQL; raises PendingRollbackError
except PendingRollbackError as error:
    print(error)
    #> prints Can't reconnect until invalid transaction is rolled …

session.rollback()
session.scalars(names).all()
#> SELECT author
session.close()
# --8<-- [end:gone]

# --8<-- [start:replaced]
for each_engine in pinging, recycling:
    with Session(each_engine) as session:
        session.scalars(names).all()
        #> SELECT author; raises nothing
# --8<-- [end:replaced]
