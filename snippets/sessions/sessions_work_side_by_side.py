"""A Session is one of many, locks nothing, and sees only itself."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, insert, update
from sqlalchemy.orm import sessionmaker

empty_tables()
with engine.begin() as connection:
    connection.execute(insert(Author).values(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
new_session = sessionmaker(engine)
mine = new_session()
yours = new_session()
author = mine.get(Author, 1)
try:
    yours.add(author)
    #> no SQL; raises InvalidRequestError
except exc.InvalidRequestError as error:
    print(error)
    #> prints Object '<Author at 0x…>' is already attached to…
# --8<-- [end:many]

# --8<-- [start:lock]
same_row = yours.get(Author, 1)
print(same_row is author)
#> prints False
same_row.name = "U. K. Le Guin"
yours.commit()
#> UPDATE author; COMMIT

print(author.name)
#> no SQL; prints Ursula
mine.commit()
#> COMMIT; author.name is expired
print(author.name)
#> BEGIN; SELECT author; prints U. K. Le Guin
# --8<-- [end:lock]

# --8<-- [start:core]
with engine.begin() as connection:
    connection.execute(
        update(Author).values(name="Ursula K. Le Guin")
    )
    #> UPDATE author
#> COMMIT
print(author.name)
#> no SQL; prints U. K. Le Guin
mine.commit()
print(author.name)
#> BEGIN; SELECT author; prints Ursula K. Le Guin
mine.close()
# --8<-- [end:core]
