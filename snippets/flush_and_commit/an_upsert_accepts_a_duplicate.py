"""An upsert accepts a row that exists: no error, no second look."""

# not recorded: each driver counts an upsert's rows differently
from snippets.library import Author, empty_tables, url

# --8<-- [start:setup]
from sqlalchemy import create_engine, select
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.orm import sessionmaker

empty_tables()
usual = create_engine(url)
new_session = sessionmaker(usual)
# --8<-- [end:setup]


# --8<-- [start:statement]
def on_postgresql(name):
    new = postgresql.insert(Author).values(name=name)
    unique = [Author.name]
    return new.on_conflict_do_nothing(index_elements=unique)


def on_sqlite(name):
    new = sqlite.insert(Author).values(name=name)
    unique = [Author.name]
    return new.on_conflict_do_nothing(index_elements=unique)


def on_mariadb(name):
    new = mysql.insert(Author).values(name=name)
    return new.on_duplicate_key_update(name=Author.name)


# --8<-- [end:statement]

# --8<-- [start:choice]
upsert_statement = {
    "postgresql": on_postgresql,
    "sqlite": on_sqlite,
}.get(usual.dialect.name, on_mariadb)
# --8<-- [end:choice]


# --8<-- [start:upsert]
def upsert(name):
    with new_session.begin() as session:
        session.execute(upsert_statement(name))
        by_name = select(Author.id).where(Author.name == name)
        return session.scalar(by_name)


# --8<-- [end:upsert]

# --- story
# --8<-- [start:twice]
first = upsert("Ursula")
second = upsert("Ursula")
assert first == second
# --8<-- [end:twice]
