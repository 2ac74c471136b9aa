"""flush() sends the INSERT; others see the row after commit()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
count_authors = select(func.count(Author.id))
# --8<-- [end:setup]

# --- story
# --8<-- [start:flush]
writer = Session(engine)
author = Author(name="Ursula")
writer.add(author)
#> author is pending; no SQL
writer.flush()
#> INSERT author; author is persistent; others see 0 rows in author

print("writer counts", writer.scalar(count_authors))
#> SELECT author; prints writer counts 1
with Session(engine) as reader:
    print("reader counts", reader.scalar(count_authors))
    #> prints reader counts 0
# --8<-- [end:flush]

# --8<-- [start:commit]
writer.commit()
#> COMMIT; author is expired; others see 1 row in author
with Session(engine) as reader:
    print("reader counts", reader.scalar(count_authors))
    #> prints reader counts 1
# --8<-- [end:commit]

# --8<-- [start:undo]
writer.rollback()
#> no SQL; author is persistent; others see 1 row in author
print(author.name)
#> BEGIN; SELECT author; prints Ursula
writer.close()
# --8<-- [end:undo]
