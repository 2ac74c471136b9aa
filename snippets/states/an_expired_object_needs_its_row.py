"""An expired object needs its row to be read."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, inspect, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:row_gone]
session = Session(engine)
author = session.scalars(select(Author)).one()
session.commit()
with Session(engine) as other, other.begin():
    other.execute(delete(Author))
#> COMMIT; others see 0 rows in author; author is persistent

try:
    author.name
    #> SELECT author; raises ObjectDeletedError; author is expired
except ObjectDeletedError as error:
    print(error)
# --8<-- [end:row_gone]

# --8<-- [start:ask]
try:
    session.refresh(author)
    #> SELECT author; raises InvalidRequestError
except InvalidRequestError as error:
    print(error)

key = inspect(author).identity
assert session.get(Author, key) is None
#> 2 × SELECT author; author is deleted
session.commit()
#> author is detached
# --8<-- [end:ask]
