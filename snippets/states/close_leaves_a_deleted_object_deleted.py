"""close() lets go of every object but a deleted one."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add_all([Author(name="Octavia"), Author(name="Toni")])
in_order = select(Author).order_by(Author.name)
session = Session(engine)
octavia, _ = session.scalars(in_order).all()
keeping = Session(engine, expire_on_commit=False)
_, toni = keeping.scalars(in_order).all()
# --8<-- [end:setup]

# --- story
# --8<-- [start:close]
session.delete(octavia)
session.flush()
session.close()
#> ROLLBACK; octavia is deleted; others see 2 rows in author
# --8<-- [end:close]

# --8<-- [start:kept]
keeping.delete(toni)
keeping.commit()
#> toni is deleted; others see 1 row in author
keeping.expunge(toni)
#> toni is detached; no SQL
# --8<-- [end:kept]
