"""Writes go to the primary; the replica shows them once copied."""

from snippets.library import Author, Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import NullPool, create_engine
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import sessionmaker

empty_tables()
names = select(Author.name).order_by(Author.name)
replica = create_engine("sqlite:///replica.db", poolclass=NullPool)
Base.metadata.drop_all(replica)
Base.metadata.create_all(replica)


def copy_to_replica():
    table = Author.__table__
    with engine.connect() as source, replica.begin() as target:
        rows = source.execute(select(table)).mappings().all()
        target.execute(delete(table))
        target.execute(insert(table), [dict(row) for row in rows])


# --8<-- [end:setup]

# --- story
# --8<-- [start:factories]
new_writer = sessionmaker(engine)
new_reader = sessionmaker(replica)

with new_writer.begin() as session:
    session.add(Author(name="Ursula"))
#> INSERT author; COMMIT
with new_reader() as session:
    print(session.scalars(names).all())
    #> SELECT author; prints []
# --8<-- [end:factories]

copy_to_replica()
with new_reader() as session:
    print(session.scalars(names).all())
    #> SELECT author; prints ['Ursula']
