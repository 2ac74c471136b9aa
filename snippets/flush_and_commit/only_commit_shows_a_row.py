"""flush() sends the INSERT; others see the row after commit()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
how_many = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
writer = Session(engine)
author = Author(name="Ursula")
writer.add(author)
#> author is pending; no SQL
writer.flush()
#> INSERT author; author is persistent; others see 0 rows in author

assert author.id is not None
assert writer.in_transaction()
assert writer.scalar(how_many) == 1
#> SELECT author; others see 0 rows in author
with Session(engine) as reader:
    assert reader.scalar(how_many) == 0
# --8<-- [end:flush]

# --8<-- [start:commit]
writer.commit()
#> COMMIT; author is expired; others see 1 row in author
assert not writer.in_transaction()
with Session(engine) as reader:
    assert reader.scalar(how_many) == 1
# --8<-- [end:commit]

# --8<-- [start:undo]
writer.rollback()
#> no SQL; author is persistent; others see 1 row in author
# --8<-- [end:undo]

# --8<-- [start:read]
assert author.name == "Ursula"
#> BEGIN; SELECT author; author.name is loaded
writer.close()
# --8<-- [end:read]
