"""By default, SQLite's driver begins only before a write.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.orm import Session

plain = create_engine("sqlite:///plain.db")
Base.metadata.drop_all(plain)
Base.metadata.create_all(plain)
names = select(Author.name).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:select]
session = Session(plain)
session.scalars(names).all()
driver = session.connection().connection.dbapi_connection
print(session.in_transaction(), driver.in_transaction)
#> prints True False
# --8<-- [end:select]

# --8<-- [start:savepoint]
with session.begin_nested():
    session.add(Author(name="Ursula"))
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
#> others see 1 row in author
session.rollback()
#> others see 1 row in author
# --8<-- [end:savepoint]

# --8<-- [start:table]
session.execute(text("CREATE TABLE note (line TEXT)"))
session.rollback()
print(inspect(plain).has_table("note"))
#> prints True
# --8<-- [end:table]

# --8<-- [start:read]
print(session.scalars(names).all())
#> prints ['Ursula']
with Session(plain) as writer, writer.begin():
    writer.add(Author(name="Octavia"))
print(session.scalars(names).all())
#> prints ['Ursula', 'Octavia']
session.close()
# --8<-- [end:read]
