"""A SELECT may miss the row an INSERT ran into; a lock finds it."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --8<-- [start:another]
session = Session(engine)
joan = select(Author.id).where(Author.name == "Joan")


def another_request_creates(name):
    with Session(engine) as other, other.begin():
        other.add(Author(name=name))


# --8<-- [end:another]

# --- story
# --8<-- [start:unseen]
print(session.scalar(joan))
#> SELECT author; prints None
another_request_creates("Joan")
with suppress(IntegrityError), session.begin_nested():
    session.add(Author(name="Joan"))
print(session.scalar(joan))
#> SELECT author
print(session.scalar(joan.with_for_update(read=True)))
#> SELECT author; prints 1
session.close()
# --8<-- [end:unseen]


# --8<-- [start:function]
def get_or_add(session, name):
    author = Author(name=name)
    try:
        with session.begin_nested():
            session.add(author)
        return author
    except IntegrityError:
        by_name = select(Author).where(Author.name == name)
        found = session.scalar(by_name.with_for_update(read=True))
        if found is None:
            raise
        return found


# --8<-- [end:function]


# --8<-- [start:used]
with Session(engine) as session, session.begin():
    print(get_or_add(session, "Joan").name)
    #> prints Joan
# --8<-- [end:used]
