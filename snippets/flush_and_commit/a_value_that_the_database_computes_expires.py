"""A value that the database computes expires at the flush."""

# differs on mariadb: MariaDB has no UPDATE … RETURNING,
#   so an eager default costs a SELECT
from snippets.library import Base, empty_tables, engine

# --8<-- [start:mapping]
from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, Session, mapped_column


class Edited:
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str | None] = mapped_column(String(50))
    edits: Mapped[int] = mapped_column(
        default=0, onupdate=text("edits + 1")
    )


class Note(Edited, Base):
    __tablename__ = "note"


class Memo(Edited, Base):
    __tablename__ = "memo"
    __mapper_args__ = {"eager_defaults": True}


# --8<-- [end:mapping]
# --8<-- [start:setup]
empty_tables()
session = Session(engine, expire_on_commit=False)
note, memo = Note(), Memo()
session.add_all([note, memo])
session.commit()
# --8<-- [end:setup]

# --- story
# --8<-- [start:computed]
note.body = memo.body = "final"
session.commit()
#> note.edits is expired; memo.edits is loaded
print(note.edits, memo.edits)
#> SELECT note; prints 1 1
# --8<-- [end:computed]
session.close()
