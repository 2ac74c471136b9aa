"""On SQLite, a test's rows stay unless the engine sends BEGIN.

About SQLite alone: it makes an engine of its own.
"""

from snippets.library import Author, Base

# --8<-- [start:setup]
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

plain = create_engine("sqlite:///plain.db")  # without listener
Base.metadata.drop_all(plain)
Base.metadata.create_all(plain)
plain.dispose()


def commit_in_test(name):
    with plain.connect() as connection:
        connection.begin()
        mode = "create_savepoint"
        session = Session(connection, join_transaction_mode=mode)
        session.add(Author(name=name))
        session.commit()


# --8<-- [end:setup]
sent = []  # the names


@event.listens_for(plain, "before_cursor_execute")
def note_name(connection, cursor, statement, parameters, *rest):
    if statement.startswith("INSERT"):
        sent.extend(parameters)


# --- story
# --8<-- [start:begin]
commit_in_test("Joan")
#> others see "Joan" in author


@event.listens_for(plain, "begin")
def send_begin(connection):
    connection.exec_driver_sql("BEGIN")


commit_in_test("Toni")
#> others see "Joan" in author
# --8<-- [end:begin]
assert sent == ["Joan", "Toni"]
