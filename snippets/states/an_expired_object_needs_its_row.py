"""An expired object needs its row to be read."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError

empty_tables()
session = Session(engine)
author = Author(id=1, name="Ursula")
session.add(author)
session.commit()
with Session(engine) as other, other.begin():
    other.execute(delete(Author))
# --8<-- [end:setup]

# --- story
# --8<-- [start:row_gone]
try:
    author.name
    #> SELECT author; raises ObjectDeletedError; author is expired
except ObjectDeletedError as error:
    print(error)
print(session.get(Author, 1, populate_existing=True))
#> SELECT author; prints None
session.close()
# --8<-- [end:row_gone]
