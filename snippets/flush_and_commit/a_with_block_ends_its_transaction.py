"""A with-block ends its transaction, by COMMIT or by ROLLBACK."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:begin]
joan = Author(name="Joan")
try:
    with Session(engine) as session, session.begin():
        session.add(joan)
        session.flush()
        #> INSERT author; joan is persistent
        raise ValueError("not today")
    #> ROLLBACK; joan is transient; others see 1 row in author
except ValueError as error:
    print(error)
    #> prints not today
# --8<-- [end:begin]

# --8<-- [start:swallowed]
joan = Author(name="Joan")
with Session(engine) as session, session.begin():
    session.add(joan)
    session.flush()
    #> INSERT author; joan is persistent
    session.add(Author(name="Ursula"))
    try:
        session.flush()
        #> INSERT author; ROLLBACK; raises IntegrityError
    except IntegrityError as error:
        print(error.orig)
#> no SQL; joan is transient; others see 1 row in author
# --8<-- [end:swallowed]

# --8<-- [start:queried]
try:
    with Session(engine) as session, session.begin():
        session.add(Author(name="Ursula"))
        try:
            session.flush()
        except IntegrityError:
            session.scalars(names).all()
            #> no SQL; raises InvalidRequestError
except InvalidRequestError as error:
    print(str(error).split(".")[0])
    #> prints Can't operate on closed transaction inside context …
# --8<-- [end:queried]
