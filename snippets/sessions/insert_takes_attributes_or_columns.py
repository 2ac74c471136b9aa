"""insert(Class) takes attribute names, insert(table) columns."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, insert
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Novel(Base):
    __tablename__ = "novel"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column("book_title", String(100))


empty_tables(Base.metadata)
session = Session(engine)
table = Novel.__table__
# --8<-- [end:setup]

# --- story
# --8<-- [start:names]
session.execute(insert(Novel), [{"title": "Beloved"}])
#> INSERT novel
in_core = insert(table).returning(table)
row = session.execute(in_core, [{"book_title": "Kindred"}]).one()
#> INSERT novel
print(row.book_title)
#> no SQL; prints Kindred
# --8<-- [end:names]

# --8<-- [start:keys]
jazz, sula = {"book_title": "Jazz"}, {"book_title": "Sula", "id": 9}
session.execute(insert(table), [jazz, sula])
#> INSERT novel
print(session.get(Novel, 9))
#> prints None
try:
    session.execute(insert(table), [sula, jazz])
    #> no SQL; raises StatementError
except StatementError as error:
    print(error.orig)
session.commit()
#> COMMIT; others see "Beloved", "Kindred", "Jazz", "Sula" in novel
session.close()
# --8<-- [end:keys]
