"""flush() sends the INSERT; others see the row after commit()."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

empty_tables()
how_many = select(func.count(Author.id))
do_not_wait = {
    "sqlite": "PRAGMA busy_timeout = 1",
    "postgresql": "SET lock_timeout = 1",
}.get(engine.dialect.name, "SET innodb_lock_wait_timeout = 1")
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
writer = Session(engine)
author = Author(name="Ursula")
writer.add(author)
writer.flush()
assert sent() == ["BEGIN", "INSERT author"]

assert author.id is not None
assert writer.in_transaction()
assert writer.scalar(how_many) == 1
with Session(engine) as reader:
    assert reader.scalar(how_many) == 0
# --8<-- [end:flush]

# --8<-- [start:lock]
other = Session(engine)
other.execute(text(do_not_wait))
other.add(Author(name="Ursula"))
try:
    other.flush()
except OperationalError as error:
    print(error.orig)
assert sent()[-2:] == ["INSERT author", "ROLLBACK"]
# --8<-- [end:lock]

# --8<-- [start:commit]
writer.commit()
assert sent() == ["COMMIT"]
assert not writer.in_transaction()
with Session(engine) as reader:
    assert reader.scalar(how_many) == 1
# --8<-- [end:commit]

# --8<-- [start:undo]
sent()
writer.rollback()
assert sent() == []
# --8<-- [end:undo]

# --8<-- [start:read]
assert inspect(author).expired
assert author.name == "Ursula"
assert sent() == ["BEGIN", "SELECT author"]
writer.close()
# --8<-- [end:read]

# --8<-- [start:late]
other.rollback()
sent()
other.add(Author(name="Ursula"))
assert sent() == []
try:
    other.commit()
except IntegrityError as error:
    print(error.orig)
assert sent() == ["BEGIN", "INSERT author", "ROLLBACK"]
other.invalidate()  # its connection does not wait for locks
# --8<-- [end:late]
