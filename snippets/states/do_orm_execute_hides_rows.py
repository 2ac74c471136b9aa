"""do_orm_execute adds a condition to every SELECT of a class."""

# differs on postgresql: archived is a boolean there:
#   the SQL says IS false
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import sessionmaker, with_loader_criteria


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(50))
    archived: Mapped[bool] = mapped_column(default=False)


empty_tables(Base.metadata)
new_session = sessionmaker(engine)
with new_session.begin() as session:
    session.add(Note(id=1, text="old", archived=True))
    session.add(Note(id=2, text="new"))
# --8<-- [end:setup]

# --- story
# --8<-- [start:filter]
@event.listens_for(new_session, "do_orm_execute")
def hide_archived(state):
    if state.is_select and not state.is_column_load:
        kept = with_loader_criteria(Note, Note.archived.is_(False))
        state.statement = state.statement.options(kept)
# --8<-- [end:filter]


# --8<-- [start:hidden]
with new_session() as session:
    print(session.scalars(select(Note.text)).all())
    #> SELECT note; prints ['new']
    print(session.get(Note, 1))
    #> SELECT note; prints None
# --8<-- [end:hidden]
