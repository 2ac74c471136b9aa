"""In one Session, one row is one object."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:same]
session = Session(engine)
by_key = session.get(Author, 1)
by_name = session.scalars(
    select(Author).where(Author.name == "Ursula")
).one()
#> SELECT author
assert by_key is by_name
# --8<-- [end:same]

# --8<-- [start:key]
key = inspect(by_key).key
assert key == (Author, (1,), None)
assert session.identity_map[key] is by_key

archived = session.get(Author, 1, identity_token="archive")
#> SELECT author
assert inspect(archived).key == (Author, (1,), "archive")
assert archived is not by_key
# --8<-- [end:key]

# --8<-- [start:enters]
italo = Author(id=2, name="Italo")
session.add(italo)
#> italo is pending; no SQL
assert inspect(italo).key is None
assert italo not in session.identity_map.values()

session.flush()
#> INSERT author; italo is persistent; others see 1 row in author
assert inspect(italo).key == (Author, (2,), None)
assert italo in session.identity_map.values()
# --8<-- [end:enters]

# --8<-- [start:two]
session.commit()
with Session(engine) as other:
    hers = other.get(Author, 1)
    #> SELECT author
    assert hers is not by_key
    assert inspect(hers).key == inspect(by_key).key
session.close()
# --8<-- [end:two]
