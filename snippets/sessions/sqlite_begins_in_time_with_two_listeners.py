"""With two listeners, SQLite begins when SQLAlchemy says so.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.orm import Session

real = create_engine("sqlite:///real.db")
Base.metadata.drop_all(real)
Base.metadata.create_all(real)
real.dispose()
names = select(Author.name).order_by(Author.id)
# --8<-- [end:setup]


# --8<-- [start:listeners]
@event.listens_for(real, "connect")
def send_no_begin(connection, record):
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(real, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


# --8<-- [end:listeners]


# --- story
# --8<-- [start:real]
session = Session(real)
session.scalars(names).all()
#> BEGIN; SELECT author
driver = session.connection().connection.dbapi_connection
assert driver.in_transaction

with session.begin_nested():
    session.add(Author(name="Italo"))
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
#> others see 0 rows in author
session.rollback()
#> ROLLBACK; others see 0 rows in author
# --8<-- [end:real]

# --8<-- [start:more]
assert session.scalars(names).all() == []
#> BEGIN; SELECT author
with Session(real) as writer, writer.begin():
    writer.add(Author(name="Octavia"))
#> INSERT author; COMMIT; others see 1 row in author

assert session.scalars(names).all() == []
#> SELECT author
session.commit()
assert session.scalars(names).all() == ["Octavia"]
#> BEGIN; SELECT author

assert session.scalar(text("PRAGMA foreign_keys")) == 1
session.close()
# --8<-- [end:more]
