"""Threads share the Engine; each opens a Session of its own."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:threads]
new_session = sessionmaker(engine)


def add_author(name):
    with new_session.begin() as session:
        session.add(Author(name=name))
        return session


with ThreadPoolExecutor(max_workers=2) as pool:
    first, second = pool.map(add_author, ["Octavia", "Ursula"])

assert first is not second
assert sent().count("COMMIT") == 2

with new_session() as session:
    by_name = select(Author.name).order_by(Author.name)
    assert session.scalars(by_name).all() == ["Octavia", "Ursula"]
# --8<-- [end:threads]
