"""A Session is one of many, locks nothing, and sees only itself."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import exc, insert, update
from sqlalchemy.orm import Session, sessionmaker

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
open_session = sessionmaker(engine)
mine = open_session()
yours = open_session()
assert mine is not yours

author = mine.get(Author, 1)
try:
    yours.add(author)
except exc.InvalidRequestError as error:
    refusal = str(error)
    print(refusal)
assert "is already attached to session" in refusal
# --8<-- [end:many]

# --8<-- [start:lock]
yours.get(Author, 1).name = "U. K. Le Guin"
yours.commit()
yours.close()
assert author.name == "Ursula"

mine.commit()
assert author.name == "U. K. Le Guin"
# --8<-- [end:lock]

# --8<-- [start:core]
with engine.begin() as connection:
    connection.execute(
        update(Author).values(name="Ursula K. Le Guin")
    )
assert author.name == "U. K. Le Guin"
# --8<-- [end:core]

# --8<-- [start:bulk]
mine.commit()
mine.execute(insert(Author), [{"id": 2, "name": "Italo"}])
assert list(mine) == [author]

mine.commit()
assert author.name == "Ursula K. Le Guin"
mine.close()
# --8<-- [end:bulk]
