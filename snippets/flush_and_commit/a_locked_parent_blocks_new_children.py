"""A locked author makes others wait that add the author's books."""

# needs postgresql, mariadb
from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:setting]
one_second = {
    "postgresql": "SET LOCAL lock_timeout = '1s'",
    "mariadb": "SET innodb_lock_wait_timeout = 1",
}[engine.dialect.name]
# --8<-- [end:setting]

# --8<-- [start:timeout]
with Session(engine) as first, Session(engine) as second:
    first.get(Author, 1, with_for_update=True)

    second.execute(text(one_second))
    second.add(Book(title="Kindred", author_id=1))
    try:
        second.flush()
        #> INSERT book; ROLLBACK; raises OperationalError
    except OperationalError as error:
        print(error.orig)
    second.invalidate()  # on MariaDB, SET outlives the transaction

    first.commit()
    second.add(Book(title="Kindred", author_id=1))
    second.commit()
    #> INSERT book; COMMIT
# --8<-- [end:timeout]

with Session(engine) as first, Session(engine) as second:
    first.get(Author, 1, with_for_update={"key_share": True})
    second.execute(text(one_second))
    second.add(Book(title="Fledgling", author_id=1))
    try:
        second.commit()
    except OperationalError as error:
        print(error.orig)
    second.invalidate()
