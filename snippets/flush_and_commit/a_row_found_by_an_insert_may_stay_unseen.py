"""A SELECT may miss the row an INSERT ran into; a lock finds it."""

# needs postgresql, mariadb
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
names = select(Author.name)


@event.listens_for(session, "before_flush", once=True)
def another_request_is_faster(session, context, instances):
    with Session(engine) as other, other.begin():
        other.add(Author(name="Joan"))


# --8<-- [end:setup]


# --- story
# --8<-- [start:function]
def get_or_add(session, name):
    by_name = select(Author).where(Author.name == name)
    author = session.scalar(by_name)
    if author is not None:
        return author
    try:
        with session.begin_nested():
            author = Author(name=name)
            session.add(author)
    except IntegrityError:
        newest = by_name.with_for_update(read=True)
        author = session.scalar(newest)
        if author is None:
            raise
    return author


# --8<-- [end:function]

# --8<-- [start:used]
print(get_or_add(session, "Joan").name)
#> prints Joan
print(session.scalars(names).all())
#> SELECT author
print(get_or_add(session, "Toni").name)
#> SELECT author; SAVEPOINT; INSERT author; RELEASE SAVEPOINT
print(get_or_add(session, "Toni").name)
#> SELECT author
session.commit()
# --8<-- [end:used]
