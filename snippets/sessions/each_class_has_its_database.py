"""With binds, each class is read from and written to its engine."""

from snippets.library import Author, Base, Tag, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.orm import sessionmaker

empty_tables()
tags_engine = create_engine("sqlite:///tags.db", poolclass=NullPool)
Base.metadata.drop_all(tags_engine)
Base.metadata.create_all(tags_engine)
count_tags = select(func.count()).select_from(Tag.__table__)
# --8<-- [end:setup]

# --- story
# --8<-- [start:binds]
new_session = sessionmaker(binds={Author: engine, Tag: tags_engine})
with new_session.begin() as session:
    session.add_all([Author(name="Ursula"), Tag(name="classic")])
    session.flush()
    #> INSERT author; INSERT tag
#> 2 × COMMIT

with tags_engine.connect() as connection:
    print(connection.scalar(count_tags))
    #> prints 1
# --8<-- [end:binds]
