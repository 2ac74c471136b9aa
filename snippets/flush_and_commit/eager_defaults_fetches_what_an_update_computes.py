"""With eager_defaults, the flush loads what an UPDATE computes."""

# differs on mariadb: UPDATE has no RETURNING there, so a SELECT
#   follows the UPDATE
from snippets.library import Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, Session, mapped_column


class Note(Base):
    __tablename__ = "note"
    __mapper_args__ = {"eager_defaults": True}
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str | None] = mapped_column(String(50))
    edits: Mapped[int] = mapped_column(
        default=0, onupdate=text("edits + 1")
    )


empty_tables()
session = Session(engine, expire_on_commit=False)
note = Note()
session.add(note)
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:eager]
note.body = "final"
session.commit()
#> sends UPDATE; note.edits is loaded
print(note.edits)
#> no SQL; prints 1
# --8<-- [end:eager]
session.close()
