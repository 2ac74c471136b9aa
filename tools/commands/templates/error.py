"""$scaffold: say in one sentence what raises the error."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:failed]
with Session(engine) as session:
    try:
        session.scalars(select(Author)).one()
        #> SELECT author; raises NoResultFound
    except NoResultFound as error:
        print(error)
        #> prints No row was found when one was required
# --8<-- [end:failed]
