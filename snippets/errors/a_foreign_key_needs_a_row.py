"""A foreign key may only refer to a row that exists."""

# needs postgresql, mariadb
from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    book = Book(title="Kindred")
    session.add(Author(name="Octavia", books=[book]))
    del book
# --8<-- [end:setup]

# --- story
# --8<-- [start:insert]
with Session(engine) as session:
    session.add(Book(title="Lost", author_id=999))
    try:
        session.commit()
        #> INSERT book; ROLLBACK; raises IntegrityError
    except IntegrityError:
        session.rollback()
# --8<-- [end:insert]

# --8<-- [start:delete]
with Session(engine) as session:
    try:
        session.execute(delete(Author))
        #> DELETE author; raises IntegrityError
    except IntegrityError:
        session.rollback()
        #> ROLLBACK; others see 1 row in author
# --8<-- [end:delete]
