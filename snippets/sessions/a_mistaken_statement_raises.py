"""What execute() refuses, and what a result without rows does."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, func, text, update
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:string]
try:
    session.execute("SELECT * FROM author")
    #> no SQL; raises ArgumentError
except exc.ArgumentError as error:
    print(error)
    #> prints Textual SQL expression 'SELECT * FROM author' sh…
# --8<-- [end:string]

# --8<-- [start:rows]
insert = text("INSERT INTO author (name) VALUES ('Italo')")
try:
    session.execute(insert).all()
    #> INSERT author; raises ResourceClosedError
except exc.ResourceClosedError as error:
    print(error)
    #> prints This result object does not return rows. It has …
# --8<-- [end:rows]

# --8<-- [start:evaluate]
short = update(Author).where(func.length(Author.name) < 9)
short = short.values(name="U. K.")
evaluate = {"synchronize_session": "evaluate"}
try:
    session.execute(short, execution_options=evaluate)
    #> no SQL; raises InvalidRequestError
except exc.InvalidRequestError as error:
    print(error)
    #> prints Could not evaluate current criteria in Python: "…
# --8<-- [end:evaluate]
session.close()

try:
    engine.execute
    #> no SQL; raises AttributeError
except AttributeError as error:
    print(error)
    #> prints 'Engine' object has no attribute 'execute'
