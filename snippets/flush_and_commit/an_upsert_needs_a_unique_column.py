"""ON CONFLICT names a column; without a constraint, it fails."""

# differs on postgresql: it has its own insert() and message
# differs on mariadb: it has no ON CONFLICT
from snippets.library import Book, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import UnsupportedCompilationError
from sqlalchemy.orm import Session

empty_tables()
insert = {"postgresql": postgresql.insert}.get(
    engine.dialect.name, sqlite.insert
)
# --8<-- [end:setup]

# --- story
# --8<-- [start:conflict]
new = insert(Book).values(title="The Dispossessed")
upsert = new.on_conflict_do_nothing(index_elements=[Book.title])
with Session(engine) as session:
    session.add(Book(title="Kindred"))
    session.flush()
    try:
        session.execute(upsert)
    except (OperationalError, ProgrammingError) as error:
        print(error.orig)
    except UnsupportedCompilationError:  # on MariaDB
        print("no ON CONFLICT")
# --8<-- [end:conflict]
