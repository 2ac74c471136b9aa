"""close() lets go of every object but a deleted one."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.name)
with Session(engine) as session, session.begin():
    for name in "Octavia", "Toni", "Ursula":
        session.add(Author(name=name))
# --8<-- [end:setup]

# --- story
# --8<-- [start:close]
session = Session(engine)
octavia, toni, ursula = session.scalars(in_order).all()
session.delete(octavia)
session.flush()
#> SELECT book; SELECT profile; DELETE author; octavia is deleted
session.close()
#> ROLLBACK; octavia is deleted; toni, ursula are detached
#> others see 3 rows in author
try:
    session.add(octavia)
    #> raises InvalidRequestError
except InvalidRequestError as error:
    print(error)
session.expunge(octavia)
#> octavia is detached; no SQL
# --8<-- [end:close]

# --8<-- [start:kept]
session = Session(engine, expire_on_commit=False)
toni = session.scalars(in_order).all()[1]
session.delete(toni)
session.commit()
#> toni is deleted; others see 2 rows in author
session.expunge(toni)
#> toni is detached; no SQL
# --8<-- [end:kept]
