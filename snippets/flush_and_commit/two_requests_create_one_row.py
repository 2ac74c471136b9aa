"""Two requests want to create the same row; both get that row."""

# needs postgresql, mariadb
# not recorded: two threads compete for one name
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

empty_tables()
new_session = sessionmaker(engine)
both_have_looked = Barrier(2, timeout=5)
errors = []


def named(name):
    return select(Author.id).where(Author.name == name)


# --8<-- [end:setup]

# --- story
# --8<-- [start:get_or_create]
def get_or_create(name):
    with new_session() as session:
        if found := session.scalar(named(name)):
            return found
        # test only: both have looked before either inserts
        both_have_looked.wait()
        session.add(Author(name=name))
        try:
            session.commit()
        except IntegrityError as error:
            errors.append(error)
            session.rollback()
        return session.scalar(named(name))


with ThreadPoolExecutor() as pool:
    first, second = pool.map(get_or_create, ["Joan", "Joan"])
assert first == second and len(errors) == 1
# --8<-- [end:get_or_create]


# --8<-- [start:upsert]
def insert_if_new(name):
    values = {"name": name}
    if engine.dialect.name == "postgresql":
        new = postgresql.insert(Author).values(values)
        return new.on_conflict_do_nothing()
    new = mysql.insert(Author).values(values)
    return new.on_duplicate_key_update(values)


def upsert(name):
    with new_session.begin() as session:
        session.execute(insert_if_new(name))
        return session.scalar(named(name))


with ThreadPoolExecutor() as pool:
    first, second = pool.map(upsert, ["Toni", "Toni"])
assert first == second
# --8<-- [end:upsert]
