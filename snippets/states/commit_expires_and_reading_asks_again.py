"""commit() marks objects as expired; reading one asks again."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all(Author(name=f"{n:03}") for n in range(100))
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
session = Session(engine)
by_name = select(Author).order_by(Author.name)
authors = session.scalars(by_name).all()
assert sent() == ["BEGIN", "SELECT author"]

session.commit()
assert sent() == ["COMMIT"]
assert len(authors) == 100
assert all(inspect(author).expired for author in authors)
# --8<-- [end:commit]

# --8<-- [start:touch]
names = [author.name for author in authors[:3]]
assert names == ["000", "001", "002"]
assert sent() == ["BEGIN"] + 3 * ["SELECT author"]
# --8<-- [end:touch]

# --8<-- [start:all_at_once]
session.commit()
sent()
assert session.scalars(by_name).all() == authors
assert sent() == ["BEGIN", "SELECT author"]

assert authors[99].name == "099"
assert not any(inspect(author).expired for author in authors)
assert sent() == []
session.close()
# --8<-- [end:all_at_once]
