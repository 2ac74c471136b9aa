"""Threads share the Engine; each opens a Session of its own."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import sessionmaker

empty_tables()


def in_another_thread(call, *arguments):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(call, *arguments)


# --8<-- [end:setup]

# --- story
# --8<-- [start:threads]
new_session = sessionmaker(engine)


def add_author(name):
    with new_session.begin() as session:
        session.add(Author(name=name))
    #> INSERT author; COMMIT
    return session


with new_session.begin() as mine:
    mine.add(Author(name="Octavia"))
    theirs = in_another_thread(add_author, "Ursula").result()
    #> others see 1 row in author
#> INSERT author; COMMIT; others see 2 rows in author

assert theirs is not mine
# --8<-- [end:threads]
