"""commit() marks objects as expired; reading one asks again."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
by_name = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    for name in "Alice", "Italo", "Joan", "Toni", "Ursula":
        session.add(Author(name=name))
# --8<-- [end:setup]

# --- story
# --8<-- [start:commit]
session = Session(engine)
authors = session.scalars(by_name).all()
#> SELECT author
session.commit()
#> COMMIT
assert all(inspect(author).expired for author in authors)
# --8<-- [end:commit]

# --8<-- [start:touch]
names = [author.name for author in authors[:3]]
#> 3 × SELECT author
assert names == ["Alice", "Italo", "Joan"]
# --8<-- [end:touch]

# --8<-- [start:all_at_once]
session.commit()
#> COMMIT
assert session.scalars(by_name).all() == authors
#> SELECT author
assert not any(inspect(author).expired for author in authors)
assert authors[4].name == "Ursula"
#> no SQL
session.close()
# --8<-- [end:all_at_once]
