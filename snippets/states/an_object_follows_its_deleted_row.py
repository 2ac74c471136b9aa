"""An object follows its row into deleted, without delete()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

empty_tables()
in_order = select(Author).order_by(Author.id)
with Session(engine) as session, session.begin():
    session.add(Author(id=1, name="Toni"))
    session.add(Author(id=2, name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:statement]
session = Session(engine)
toni, ursula = session.scalars(in_order).all()
session.execute(delete(Author).where(Author.name == "Toni"))
#> DELETE author; toni is deleted
session.commit()
#> COMMIT; toni is detached; others see 1 row in author
# --8<-- [end:statement]

# --8<-- [start:vanished]
with Session(engine) as other, other.begin():
    other.execute(delete(Author).where(Author.id == 2))
#> ursula is persistent; others see 0 rows in author
assert session.get(Author, 2) is None
#> 2 × SELECT author; ursula is deleted
session.rollback()
#> ROLLBACK; ursula is persistent
session.close()
# --8<-- [end:vanished]
