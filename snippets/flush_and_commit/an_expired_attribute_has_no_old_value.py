"""A value for an expired attribute is a change, even the same."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import func, select
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    session.add(Author(name="Ursula"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:same]
session = Session(engine)
author = session.scalars(select(Author)).one()
author.name = "Ursula"
session.commit()
#> COMMIT; author is expired

author.name = "Ursula"
session.commit()
#> SELECT author; UPDATE author; COMMIT
session.close()
# --8<-- [end:same]

# --8<-- [start:loaded]
session = Session(engine, expire_on_commit=False)
author = session.scalars(select(Author)).one()
session.commit()
author.name = "Ursula"
session.commit()
#> BEGIN; COMMIT; author.name is loaded
# --8<-- [end:loaded]

# --8<-- [start:computed]
author.name = func.upper(Author.name)
session.commit()
#> UPDATE author; COMMIT
#> author.name is expired; author.id is loaded
print(author.name)
#> BEGIN; SELECT author; prints URSULA
# --8<-- [end:computed]

# --8<-- [start:rollback]
session.rollback()
#> ROLLBACK; author.name is expired; author.id is expired
session.close()
# --8<-- [end:rollback]
