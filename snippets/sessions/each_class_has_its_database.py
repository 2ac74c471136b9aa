"""With binds, each class is read from and written to its engine."""

from snippets.library import Author, Base, Book, Tag
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import create_engine, exc, func, select
from sqlalchemy.orm import sessionmaker

second = create_engine("sqlite:///tags.db")
empty_tables()
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
    #> sends INSERT
#> others see 1 row in author; others see 0 rows in tag

with second.connect() as connection:
    print(connection.scalar(count))
    #> prints 1
# --8<-- [end:binds]

# --8<-- [start:unbound]
with new_session() as session:
    try:
        session.get(Book, 1)
        #> no SQL; raises UnboundExecutionError
    except exc.UnboundExecutionError as error:
        print(error)
# --8<-- [end:unbound]
second.dispose()
