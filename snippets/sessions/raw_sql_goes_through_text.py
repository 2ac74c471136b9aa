"""Raw SQL takes text(), values as parameters, and a commit."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:insert]
new_author = text("INSERT INTO author (name) VALUES (:name)")
with Session(engine) as session:
    rows = [{"name": "Toni"}, {"name": "Flann O'Brien"}]
    session.execute(new_author, rows)
    #> INSERT author; others see 1 row in author
    session.commit()
    #> COMMIT; others see 3 rows in author
# --8<-- [end:insert]

# --8<-- [start:select]
by_name = text("SELECT * FROM author WHERE name = :name")
brian = {"name": "Flann O'Brien"}
with Session(engine) as session:
    row = session.execute(by_name, brian).one()
    #> SELECT author
    print(row.name)
    #> prints Flann O'Brien

    entities = select(Author).from_statement(by_name)
    author = session.scalars(entities, brian).one()
    #> SELECT author; author is persistent
# --8<-- [end:select]

# --8<-- [start:list]
some = text("SELECT name FROM author WHERE name IN :names")
some = some.bindparams(bindparam("names", expanding=True))
with Session(engine) as session:
    print(session.scalars(some, {"names": ["Toni", "Joan"]}).all())
    #> SELECT author; prints ['Toni']
# --8<-- [end:list]
