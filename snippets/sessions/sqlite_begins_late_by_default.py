"""SQLite's driver begins a transaction later than you asked.

About SQLite alone: it makes engines of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.orm import Session

file = "sqlite:///plain.db"
setup_engine = create_engine(file)
Base.metadata.drop_all(setup_engine)
Base.metadata.create_all(setup_engine)
setup_engine.dispose()
names = select(Author.name).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:late]
plain = create_engine(file)
session = Session(plain)
session.scalars(names).all()
driver = session.connection().connection.dbapi_connection
assert session.in_transaction()
assert not driver.in_transaction
# --8<-- [end:late]

# --8<-- [start:savepoint]
with session.begin_nested():
    session.add(Author(name="Ursula"))
session.rollback()
assert session.scalars(names).all() == ["Ursula"]
session.close()
plain.dispose()
# --8<-- [end:savepoint]

# --8<-- [start:real]
real = create_engine(file)


@event.listens_for(real, "connect")
def send_no_begin(connection, record):
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(real, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


session = Session(real)
session.scalars(names).all()
driver = session.connection().connection.dbapi_connection
assert driver.in_transaction

with session.begin_nested():
    session.add(Author(name="Italo"))
session.rollback()
assert session.scalars(names).all() == ["Ursula"]
# --8<-- [end:real]

# --8<-- [start:more]
with Session(real) as writer:
    writer.add(Author(name="Octavia"))
    writer.commit()
assert session.scalars(names).all() == ["Ursula"]
session.commit()
assert session.scalars(names).all() == ["Ursula", "Octavia"]

foreign_keys = text("PRAGMA foreign_keys")
assert session.scalar(foreign_keys) == 1
session.close()
real.dispose()
# --8<-- [end:more]
