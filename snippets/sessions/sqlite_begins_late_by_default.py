"""SQLite's driver begins a transaction later than you asked.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

plain = create_engine("sqlite:///plain.db")
Base.metadata.drop_all(plain)
Base.metadata.create_all(plain)
plain.dispose()
names = select(Author.name).order_by(Author.id)
# --8<-- [end:setup]

# --- story
# --8<-- [start:late]
session = Session(plain)
session.scalars(names).all()
#> BEGIN; SELECT author
driver = session.connection().connection.dbapi_connection
assert session.in_transaction()
assert not driver.in_transaction
# --8<-- [end:late]

# --8<-- [start:savepoint]
with session.begin_nested():
    session.add(Author(name="Ursula"))
#> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
#> others see 1 row in author
session.rollback()
#> ROLLBACK; others see 1 row in author
print(*session.scalars(names))
#> SELECT author; prints Ursula
session.close()
# --8<-- [end:savepoint]
