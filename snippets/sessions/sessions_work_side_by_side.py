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
open_session = sessionmaker(engine)
mine = open_session()
yours = open_session()
author = mine.get(Author, 1)
try:
    yours.add(author)
    #> no SQL; raises InvalidRequestError
except exc.InvalidRequestError as error:
    print(error)
# --8<-- [end:many]

# --8<-- [start:lock]
yours.get(Author, 1).name = "U. K. Le Guin"
yours.commit()
#> UPDATE author; COMMIT
print(author.name)
#> no SQL; prints Ursula

mine.commit()
#> COMMIT; author.name is expired
print(author.name)
#> SELECT author; prints U. K. Le Guin
# --8<-- [end:lock]

# --8<-- [start:core]
with engine.begin() as connection:
    connection.execute(
        update(Author).values(name="Ursula K. Le Guin")
    )
#> COMMIT
print(author.name)
#> no SQL; prints U. K. Le Guin
# --8<-- [end:core]

# --8<-- [start:bulk]
mine.commit()
mine.execute(insert(Author), [{"id": 2, "name": "Italo"}])
#> INSERT author
assert list(mine) == [author]

mine.commit()
#> COMMIT; others see 2 rows in author
print(author.name)
#> SELECT author; prints Ursula K. Le Guin
mine.close()
# --8<-- [end:bulk]
