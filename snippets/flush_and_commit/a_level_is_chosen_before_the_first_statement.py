"""An isolation level is chosen before the first statement."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
level = {"isolation_level": "SERIALIZABLE"}
# --8<-- [end:setup]

# --- story
# --8<-- [start:session]
strict = engine.execution_options(**level)
#> no SQL
assert strict.pool is engine.pool
with Session(strict) as session:
    connection = session.connection()
    assert connection.get_isolation_level() == "SERIALIZABLE"
    session.add(Author(name="Ursula"))
    session.commit()
    #> INSERT author; COMMIT
# --8<-- [end:session]

# --8<-- [start:transaction]
with Session(engine) as session:
    usual = session.connection().get_isolation_level()
    session.commit()
    connection = session.connection(execution_options=level)
    assert connection.get_isolation_level() == "SERIALIZABLE"
    session.commit()
    connection = session.connection()
    assert connection.get_isolation_level() == usual
# --8<-- [end:transaction]

# --8<-- [start:late]
with Session(engine) as session:
    assert session.scalar(names) == "Ursula"
    #> SELECT author
    connection = session.connection(execution_options=level)
    #> warns SAWarning; no SQL
    assert connection.get_isolation_level() == usual
    try:
        connection.execution_options(**level)
        #> raises InvalidRequestError
    except InvalidRequestError as error:
        print(str(error).partition(";")[0])
# --8<-- [end:late]
