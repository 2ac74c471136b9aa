"""With binds, each class is read from and written to its engine."""

from snippets.library import Author, Base, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.orm import sessionmaker

empty_tables()
second = create_engine("sqlite:///tags.db", poolclass=NullPool)
Base.metadata.drop_all(second)
Base.metadata.create_all(second)
count = select(func.count()).select_from(Tag.__table__)
# --8<-- [end:setup]

# --- story
# --8<-- [start:binds]
new_session = sessionmaker(binds={Author: engine, Tag: second})
with new_session.begin() as session:
    session.add_all([Author(name="Ursula"), Tag(name="classic")])
    session.flush()
    #> INSERT author; INSERT tag
#> 2 × COMMIT

with second.connect() as connection:
    print(connection.scalar(count))
    #> prints 1
# --8<-- [end:binds]
