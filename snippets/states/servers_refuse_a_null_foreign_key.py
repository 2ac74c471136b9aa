"""How servers word the error of a child without its parent."""

# needs postgresql, mariadb
from snippets.library import Author, Profile, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
profile = Profile(text="Writer")
author = Author(id=1, name="Ursula", profile=profile)
session.add(author)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:delete]
session.delete(author)
try:
    session.commit()
    #> raises IntegrityError
except IntegrityError as error:
    print(error.orig)
session.close()
# --8<-- [end:delete]
