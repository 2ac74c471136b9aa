"""Two people edit one book in a form; no level saves both edits."""

from snippets.library import Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Book(id=1, title="Kindred"))
# --8<-- [end:setup]

# --8<-- [start:form]
strict = engine.execution_options(isolation_level="SERIALIZABLE")


def open_book():
    with Session(strict) as session:
        return {"title": session.get(Book, 1).title}


def save_book(form):
    with Session(strict) as session, session.begin():
        session.get(Book, 1).title = form["title"]


# --8<-- [end:form]

# --- story
# --8<-- [start:lost]
mine, yours = open_book(), open_book()
yours["title"] = "Kindred (1979)"
save_book(yours)
#> SELECT book; UPDATE book; COMMIT
mine["title"] = "Kindred, a novel"
save_book(mine)
#> SELECT book; UPDATE book; COMMIT
print(open_book())
#> prints {'title': 'Kindred, a novel'}
# --8<-- [end:lost]
