"""A locked author makes others wait that add the author's books."""

# needs postgresql, mariadb
from snippets.library import Author, Book, empty_tables, engine, url

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

one_second = {
    "postgresql": {"options": "-c lock_timeout=1s"},
    "mariadb": {"init_command": "SET innodb_lock_wait_timeout = 1"},
}[engine.dialect.name]
limited = create_engine(url, connect_args=one_second)

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:parent]
with Session(limited) as first, Session(limited) as second:
    first.get(Author, 1, with_for_update=True)
    second.add(Book(title="Kindred", author_id=1))
    try:
        second.flush()
        #> INSERT book; ROLLBACK; raises OperationalError
    except OperationalError as error:
        print(error.orig)
        second.rollback()

    first.commit()
    second.add(Book(title="Kindred", author_id=1))
    second.commit()
    #> INSERT book; COMMIT
# --8<-- [end:parent]

# --8<-- [start:key_share]
with Session(limited) as locker, Session(limited) as writer:
    locker.get(Author, 1, with_for_update={"key_share": True})
    writer.add(Book(title="Fledgling", author_id=1))
    try:
        writer.commit()
        print("saved")
    except OperationalError as error:
        print(error.orig)
# --8<-- [end:key_share]
