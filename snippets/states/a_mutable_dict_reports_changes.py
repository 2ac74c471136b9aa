"""MutableDict reports changes of its own keys only."""

# differs on postgresql: its driver turns the JSON into
#   a dictionary; on SQLite, SQLAlchemy does
from snippets.library import empty_tables, engine

# --8<-- [start:mapping]
from sqlalchemy import JSON
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict] = mapped_column(
        MutableDict.as_mutable(JSON())
    )


# --8<-- [end:mapping]


# --8<-- [start:setup]
empty_tables(Base.metadata)
session = Session(engine)
settings = {"theme": "light", "mail": {"daily": True}}
user = User(id=1, settings=settings)
# --8<-- [end:setup]

# --- story
# --8<-- [start:saved]
session.add(user)
session.commit()
user.settings["theme"] = "dark"
#> SELECT user_account; user is modified
session.commit()
#> UPDATE user_account; COMMIT
# --8<-- [end:saved]

# --8<-- [start:nested]
user.settings["mail"]["daily"] = False
session.commit()
#> COMMIT
user.settings["mail"]["daily"] = False
user.settings.changed()
session.commit()
#> UPDATE user_account; COMMIT
# --8<-- [end:nested]

# --8<-- [start:replaced]
mail = user.settings["mail"]
user.settings["mail"] = {**mail, "daily": True}
session.commit()
#> UPDATE user_account; COMMIT
session.close()
# --8<-- [end:replaced]
