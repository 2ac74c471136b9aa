"""add() sends nothing, flush() sends, commit() makes it last."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:story]
with Session(engine) as session:
    author = Author(name="Ursula")
    session.add(author)
    assert sent() == []
    session.flush()
    assert sent() == ["BEGIN", "INSERT author"]
    session.commit()
    assert sent() == ["COMMIT"]
# --8<-- [end:story]
