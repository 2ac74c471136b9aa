"""execute() returns rows; scalars() returns objects or values."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
    session.flush()
    session.add(Author(name="Octavia"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:objects]
session = Session(engine)
query = select(Author).order_by(Author.name)
octavia, ursula = session.scalars(query).all()
#> SELECT author
print(ursula.name)
#> no SQL; prints Ursula

result = session.execute(query)
#> SELECT author
for row in result:
    print(row.Author.name)

print(session.get(Author, ursula.id) is ursula)
#> no SQL; prints True
# --8<-- [end:objects]

# --8<-- [start:where]
both = query.where(Author.name != "Ursula", Author.id < 10)
print(session.scalars(both).one().name)
#> SELECT author; prints Octavia

listed = Author.name.in_(["Italo", "Ursula"])
either = query.where(or_(listed, Author.name == "Octavia"))
print(session.scalars(either.limit(1)).one().name)
#> SELECT author; prints Octavia
# --8<-- [end:where]

# --8<-- [start:columns]
columns = select(Author.id, Author.name).order_by(Author.name)
rows = session.execute(columns).all()
#> SELECT author
print(rows[0].name)
#> prints Octavia
print(session.scalars(columns).all())
#> SELECT author; prints [2, 1]

count = select(func.count()).select_from(Author)
print(session.scalar(count))
#> SELECT author; prints 2
# --8<-- [end:columns]

# --8<-- [start:mapping]
try:
    rows[0]["name"]
    #> raises TypeError
except TypeError as error:
    print(error)
result = session.execute(columns).mappings()
#> SELECT author
for row in result:
    print(row["name"])
# --8<-- [end:mapping]

# --8<-- [start:once]
result = session.scalars(query)
#> SELECT author
print(len(result.all()))
#> no SQL; prints 2
print(len(result.all()))
#> no SQL; prints 0
# --8<-- [end:once]

# --8<-- [start:closed]
session.close()
# --8<-- [end:closed]
