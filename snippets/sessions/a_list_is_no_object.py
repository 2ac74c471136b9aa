"""add() takes one object, add_all() takes a list."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import UnmappedInstanceError

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:list]
authors = [Author(name="Ursula"), Author(name="Octavia")]
with Session(engine) as session:
    try:
        session.add(authors)
        #> no SQL; raises UnmappedInstanceError
    except UnmappedInstanceError as error:
        print(error)
        #> prints Class 'builtins.list' is not mapped
    session.add_all(authors)
    session.commit()
    #> INSERT author; COMMIT; others see 2 rows in author
# --8<-- [end:list]
