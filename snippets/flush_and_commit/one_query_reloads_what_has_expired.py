"""One query reloads what a loop would load one by one."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
session = Session(engine)
session.add_all([Author(name="Italo"), Author(name="Toni")])
by_name = select(Author).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:many]
authors = session.scalars(by_name).all()
session.commit()
names = [author.name for author in authors]
#> 2 × SELECT author
session.commit()
names = [author.name for author in session.scalars(by_name)]
#> SELECT author
session.close()
# --8<-- [end:many]
