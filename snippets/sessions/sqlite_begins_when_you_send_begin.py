"""With one listener, SQLite begins when SQLAlchemy says so.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.orm import Session

engine = create_engine("sqlite:///real.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
engine.dispose()
names = select(Author.name).order_by(Author.id)
# --8<-- [end:setup]


# --8<-- [start:begin]
@event.listens_for(engine, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


# --8<-- [end:begin]


# --8<-- [start:pragmas]
@event.listens_for(engine, "connect")
def set_pragmas(connection, record):
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")


# --8<-- [end:pragmas]

# --- story
# --8<-- [start:select]
session = Session(engine)
session.scalars(names).all()
driver = session.connection().connection.dbapi_connection
print(session.in_transaction(), driver.in_transaction)
#> prints True True
# --8<-- [end:select]

# --8<-- [start:savepoint]
with session.begin_nested():
    session.add(Author(name="Ursula"))
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
#> others see 0 rows in author
session.rollback()
#> ROLLBACK; others see 0 rows in author
# --8<-- [end:savepoint]

# --8<-- [start:table]
session.execute(text("CREATE TABLE note (line TEXT)"))
session.rollback()
print(inspect(engine).has_table("note"))
#> prints False
# --8<-- [end:table]

# --8<-- [start:read]
print(session.scalars(names).all())
#> prints []
with Session(engine) as writer, writer.begin():
    writer.add(Author(name="Octavia"))
#> INSERT author; COMMIT; others see 1 row in author
print(session.scalars(names).all())
#> prints []
session.close()
# --8<-- [end:read]
