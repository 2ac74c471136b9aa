"""A flush updates, inserts parents first, and deletes last."""

from snippets.library import Author, Book, Profile
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(
        Author(name="Octavia", profile=Profile(text="Kindred"))
    )
    session.flush()
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:work]
session = Session(engine)
by_name = select(Author).order_by(Author.name)
octavia, ursula = session.scalars(by_name).all()
profile = octavia.profile

session.delete(octavia)
session.delete(profile)
toni = Author(name="Toni")
session.add(Book(title="Beloved", author=toni))
ursula.name = "Ursula K. Le Guin"
#> no SQL

print(len(session.new), len(session.dirty), len(session.deleted))
#> prints 2 1 2
session.flush()
#> SELECT book; UPDATE author; INSERT author; INSERT book
#> DELETE profile; DELETE author
# --8<-- [end:work]

# --8<-- [start:back]
ursula.name = "Ursula"
ursula.name = "Ursula K. Le Guin"
session.flush()
#> no SQL

session.commit()
#> COMMIT; ursula is expired
ursula.name = "Ursula K. Le Guin"
session.commit()
#> SELECT author; UPDATE author; COMMIT
session.close()
# --8<-- [end:back]
