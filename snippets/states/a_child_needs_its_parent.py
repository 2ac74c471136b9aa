"""A child with a required foreign key keeps its parent."""

from snippets.library import Author, Profile, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    profile = Profile(text="Writer")
    session.add(Author(id=1, name="Ursula", profile=profile))
# --8<-- [end:setup]

# --- story
# --8<-- [start:delete]
session = Session(engine)
author = session.get(Author, 1)
session.delete(author)
try:
    session.commit()
    #> SELECT book; SELECT profile; UPDATE profile; ROLLBACK
    #> raises IntegrityError
except IntegrityError as error:
    session.rollback()
    print(error.orig)

session.delete(author.profile)
session.delete(author)
session.commit()
#> SELECT book; DELETE profile; DELETE author; COMMIT
# --8<-- [end:delete]
