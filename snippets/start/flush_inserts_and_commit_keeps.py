"""add() sends nothing, flush() inserts, commit() keeps (SQLite)."""

# --8<-- [start:define]
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    city: Mapped[str | None] = mapped_column(String(50))


# --8<-- [end:define]

# --8<-- [start:create]
engine = create_engine("sqlite:///first.db")
Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
# --8<-- [end:create]

# --- story
# --8<-- [start:add]
session = Session(engine)
author = Author(name="Ursula")
session.add(author)
#> author is pending; no SQL
print(author.id)
#> prints None
# --8<-- [end:add]

# --8<-- [start:flush]
session.flush()
#> INSERT author; author is persistent; others see 0 rows in author
print(author.id)
#> prints 1
# --8<-- [end:flush]

# --8<-- [start:commit]
session.commit()
#> COMMIT; author is expired; others see 1 row in author
session.close()
#> author is detached
# --8<-- [end:commit]
