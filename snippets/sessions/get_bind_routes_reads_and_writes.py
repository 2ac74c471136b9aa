"""A Session reads from the replica until it first writes."""

from snippets.library import Author, Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import Select, create_engine, event
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session, sessionmaker

replica = create_engine("sqlite:///replica.db")


@event.listens_for(replica, "begin")
def begin_on_replica(connection):
    connection.exec_driver_sql("BEGIN")  # as on a server


empty_tables()
Base.metadata.drop_all(replica)
Base.metadata.create_all(replica)
for database in engine, replica:
    with database.begin() as connection:
        connection.execute(insert(Author).values(name="Ursula"))
# --8<-- [end:setup]


# --8<-- [start:class]
class RoutingSession(Session):
    def get_bind(
        self, mapper=None, *, clause=None, bind=None, **options
    ):
        if bind is not None:
            return bind
        if not isinstance(clause, Select):
            self.info["writes"] = True
        return engine if self.info.get("writes") else replica


# --8<-- [end:class]

# --- story
# --8<-- [start:routed]
new_session = sessionmaker(class_=RoutingSession)
names = select(Author.name).order_by(Author.name)
with new_session() as session:
    print(session.scalars(names).all())
    #> SELECT author; prints ['Ursula']

    session.add(Author(name="Octavia"))
    session.commit()
    #> INSERT author; 2 × COMMIT
    print(session.scalars(names).all())
    #> SELECT author; prints ['Octavia', 'Ursula']

with new_session() as session:
    print(session.scalars(names).all())
    #> SELECT author; prints ['Ursula']
    # --8<-- [end:routed]

    in_sql = text("SELECT name FROM author ORDER BY name")
    print(session.scalars(in_sql).all())
    #> SELECT author; prints ['Octavia', 'Ursula']

# --8<-- [start:one]
primary = {"bind": engine}
octavia = select(Author).where(Author.name == "Octavia")
with new_session() as session:
    author = session.scalars(octavia, bind_arguments=primary).one()
    #> SELECT author
    author.name = "Octavia E. Butler"
    session.commit()
    #> UPDATE author; COMMIT
# --8<-- [end:one]
replica.dispose()
