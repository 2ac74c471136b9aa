"""A SQLite database in memory exists once for each connection.

About SQLite alone: it makes engines of its own.
"""

# not recorded: no other connection sees a database in memory
from snippets.library import Author, Base

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import StaticPool, create_engine, event
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session


def count_authors(some_engine):
    with Session(some_engine) as session:
        count = select(func.count()).select_from(Author)
        return session.scalar(count)


# --8<-- [end:setup]

# --- story
# --8<-- [start:memory]
memory = create_engine("sqlite://")
Base.metadata.create_all(memory)
assert count_authors(memory) == 0

try:
    with ThreadPoolExecutor() as threads:
        threads.submit(count_authors, memory).result()
except OperationalError as error:
    missing = str(error.orig)
assert missing == "no such table: author"
# --8<-- [end:memory]

# --8<-- [start:static]
shared = create_engine(
    "sqlite://",
    poolclass=StaticPool,
    connect_args={"check_same_thread": False},
)
Base.metadata.create_all(shared)
with ThreadPoolExecutor() as threads:
    counted = threads.submit(count_authors, shared).result()
assert counted == 0
# --8<-- [end:static]

# --8<-- [start:together]
with Session(shared) as first, Session(shared) as second:
    first.add(Author(name="Ursula"))
    first.flush()
    second.scalars(select(Author)).all()
    second.commit()
    first.rollback()
assert count_authors(shared) == 1  # Ursula's row
# --8<-- [end:together]


# --8<-- [start:begin]
@event.listens_for(shared, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


with Session(shared) as first:
    first.scalars(select(Author)).all()
    try:
        count_authors(shared)  # a second Session
    except OperationalError as error:
        refused = str(error.orig)
message = "cannot start a transaction within a transaction"
assert refused == message
# --8<-- [end:begin]

shared.dispose()
