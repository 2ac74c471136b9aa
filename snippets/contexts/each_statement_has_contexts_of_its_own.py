"""Each statement has a context of the ORM and one of its own."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event, select
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.orm import ORMExecuteState, Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:statement]
seen = []
session = Session(engine)
connection = session.connection()


@event.listens_for(connection, "before_cursor_execute")
def on_cursor(connection, cursor, sql, values, context, many):
    seen.append(context)


@event.listens_for(session, "do_orm_execute")
def on_orm(state):
    seen.append(state)


session.scalars(select(Author).order_by(Author.id)).all()
#> SELECT author
session.close()

orm, execution = seen
assert isinstance(orm, ORMExecuteState)
assert isinstance(execution, ExecutionContext)
# --8<-- [end:statement]

# --8<-- [start:inside]
assert orm.session is session
assert orm.is_select

assert execution.statement.startswith("SELECT author.id")
compile_state = execution.compiled.compile_state
assert type(compile_state).__module__ == "sqlalchemy.orm.context"
# --8<-- [end:inside]
