"""A fixture undoes what a test has committed."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, Base, empty_tables, engine

# --8<-- [start:setup]
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --8<-- [start:application]
new_session = sessionmaker(engine)


def register(name):
    with new_session.begin() as session:
        session.add(Author(name=name))


def registered():
    with new_session() as session:
        return session.scalars(select(Author.name)).all()


# --8<-- [end:application]


# --8<-- [start:tests]
def test_register():
    register("Joan")
    assert registered() == ["Joan"]


def test_empty():
    assert registered() == []


# --8<-- [end:tests]


# --8<-- [start:fixture]
@pytest.fixture(scope="session", autouse=True)
def tables():
    Base.metadata.create_all(engine)


@pytest.fixture(autouse=True)
def roll_back_each_test():
    with rolled_back():
        yield


# --8<-- [end:fixture]

# --- story


# --8<-- [start:core]
@contextmanager
def rolled_back():
    with engine.connect() as connection:
        connection.begin()
        new_session.configure(
            bind=connection,
            join_transaction_mode="create_savepoint",
        )
        try:
            yield
        finally:
            new_session.configure(bind=engine)


# --8<-- [end:core]


# --8<-- [start:run]
with rolled_back():
    test_register()
    #> SAVEPOINT; INSERT author; RELEASE SAVEPOINT
    #> SAVEPOINT; SELECT author; ROLLBACK TO SAVEPOINT
    #> others see 0 rows in author
#> ROLLBACK; others see 0 rows in author

register("Joan")  # outside of the fixture
#> INSERT author; COMMIT; others see 1 row in author
# --8<-- [end:run]
