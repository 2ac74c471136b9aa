"""A value that the database computes expires at the flush."""

from snippets.library import Base, empty_tables, engine

# --8<-- [start:mapping]
from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, Session, mapped_column


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str | None] = mapped_column(String(50))
    edits: Mapped[int] = mapped_column(
        default=0, onupdate=text("edits + 1")
    )


# --8<-- [end:mapping]
# --8<-- [start:setup]
empty_tables()
session = Session(engine, expire_on_commit=False)
note = Note()
session.add(note)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:computed]
note.body = "final"
session.commit()
#> note.edits is expired; note.body is loaded
print(note.edits)
#> SELECT note; prints 1
# --8<-- [end:computed]
session.close()
