"""One object passes through five states, a call for each step."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:transient]
session = Session(engine)
author = Author(name="Ursula")
state = inspect(author)
assert state.transient
assert author not in session
assert not state.has_identity
# --8<-- [end:transient]

# --8<-- [start:pending]
session.add(author)
assert state.pending
assert author in session.new
assert author in session
assert not state.has_identity
assert sent() == []
# --8<-- [end:pending]

# --8<-- [start:persistent]
session.flush()
assert sent() == ["BEGIN", "INSERT author"]
assert state.persistent
assert author in session
assert state.has_identity

session.commit()
assert state.persistent
# --8<-- [end:persistent]

# --8<-- [start:deleted]
session.delete(author)
assert state.persistent
assert author in session.deleted

session.flush()
assert state.deleted
assert author not in session
assert state.has_identity

session.expunge_all()
assert state.deleted
assert state.session is session
# --8<-- [end:deleted]

# --8<-- [start:detached]
session.commit()
assert state.detached
assert state.session is None
assert state.has_identity
session.close()
# --8<-- [end:detached]
