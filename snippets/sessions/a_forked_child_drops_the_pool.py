"""A forked child must not close the connections of its parent."""

# needs postgresql, mariadb
# forks: the child uses the pool that it has copied
from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
import os

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)


def run_in_child(function):
    child = os.fork()
    if child == 0:  # this is the child
        function()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0  # the function raised nothing
    print(f"{function.__name__}() has ended")


# --8<-- [end:setup]
import functools

in_child = run_in_child


def run_in_child(function):
    before = engine.pool

    @functools.wraps(function)
    def checked():
        function()
        assert engine.pool is not before  # it was disposed of
        assert engine.pool.checkedin() == 1  # queried, and returned

    in_child(checked)



# --- story
# --8<-- [start:jobs]
def careless():
    engine.dispose()  # closes the parent's connections
    with Session(engine) as session:
        session.scalars(names).all()


def careful():
    engine.dispose(close=False)  # leaves them to the parent
    with Session(engine) as session:
        session.scalars(names).all()


# --8<-- [end:jobs]

# --8<-- [start:shared]
with Session(engine) as session:
    session.scalars(names).all()
#> ROLLBACK; pool has 0 in use
run_in_child(careless)
try:
    with Session(engine) as session:
        session.scalars(names).all()
        #> raises OperationalError
except OperationalError as error:
    print(error.connection_invalidated)
    #> prints True
# --8<-- [end:shared]

# --8<-- [start:mended]
with Session(engine) as session:
    session.scalars(names).all()
    #> SELECT author
run_in_child(careful)
#> prints careful() has ended
with Session(engine) as session:
    session.scalars(names).all()
    #> SELECT author
# --8<-- [end:mended]
