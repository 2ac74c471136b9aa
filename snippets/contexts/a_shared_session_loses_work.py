"""A Session shared by threads loses work, or refuses to work."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import IllegalStateChangeError
from sqlalchemy.exc import InvalidRequestError, ProgrammingError
from sqlalchemy.orm import Session

empty_tables()


def in_another_thread(call, *arguments):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(call, *arguments)


# --8<-- [end:setup]

# --- story
# --8<-- [start:silent]
shared = Session(engine)
author = Author(name="Ursula")
shared.add(author)
#> author is pending

in_another_thread(shared.rollback)  # gives up its own work
#> author is transient

shared.commit()
#> no SQL; others see 0 rows in author
# --8<-- [end:silent]

# --8<-- [start:refused]
errors = []


@event.listens_for(shared, "after_begin")
def meanwhile(session, transaction, connection):
    query = in_another_thread(session.scalar, select(1))
    close = in_another_thread(session.close)
    errors.extend([query.exception(), close.exception()])


shared.connection()
shared.close()

print(*errors, sep="\n")
assert type(errors[0]) is InvalidRequestError
assert "concurrent operations are not permitted" in str(errors[0])
assert type(errors[1]) is IllegalStateChangeError
assert "'close()' can't be called here" in str(errors[1])
# --8<-- [end:refused]

# --8<-- [start:sqlite]
memory = create_engine("sqlite://")
shared = Session(memory)
shared.connection()

error = in_another_thread(shared.scalar, select(1)).exception()
assert isinstance(error, ProgrammingError)
print(str(error.orig).partition(". ")[0])
#> prints SQLite objects created in a thread can only be …
shared.close()
# --8<-- [end:sqlite]
