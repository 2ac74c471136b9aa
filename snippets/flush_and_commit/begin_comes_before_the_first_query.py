"""begin() comes before the first query, or not at all."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, sessionmaker

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
find_ursula = select(Author).where(Author.name == "Ursula")
# --8<-- [end:setup]

# --- story
# --8<-- [start:block]
with Session(engine) as session, session.begin():
    author = session.scalars(find_ursula).one()
    #> BEGIN; SELECT author
    author.name = "Ursula K."
#> UPDATE author; COMMIT; session has no transaction
# --8<-- [end:block]

# --8<-- [start:maker]
new_session = sessionmaker(engine)
with new_session.begin() as session:
    session.add(Author(name="Joan"))
#> INSERT author; COMMIT; session has no transaction
# --8<-- [end:maker]

# --8<-- [start:without]
with Session(engine) as session:
    author = session.get(Author, 1)
    author.name = "Le Guin"
    session.commit()
    #> UPDATE author; COMMIT; session has no transaction
    author.name = "Ursula"
    session.commit()
    #> BEGIN; SELECT author; UPDATE author; COMMIT
# --8<-- [end:without]

# --8<-- [start:late]
with Session(engine) as session:
    author = session.get(Author, 1)
    #> BEGIN; SELECT author; session has a transaction
    try:
        with session.begin():
            #> no SQL; raises InvalidRequestError
            author.name = "Ursula K."
    except InvalidRequestError as error:
        print(error)
        #> prints A transaction is already begun on this Session.
#> ROLLBACK
# --8<-- [end:late]
