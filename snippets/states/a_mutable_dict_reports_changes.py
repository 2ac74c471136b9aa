"""MutableDict reports changes of its own keys only."""

# --8<-- [start:setup]
from sqlalchemy import JSON
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column

from snippets.library import empty_tables, engine


class Base(DeclarativeBase):
    pass


# --8<-- [end:setup]


# --- story
# --8<-- [start:mapping]
class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict] = mapped_column(
        MutableDict.as_mutable(JSON())
    )


# --8<-- [end:mapping]
# --8<-- [start:saved]
empty_tables(Base.metadata)
session = Session(engine)
user = User(id=1, settings={"theme": "light", "mail": {"on": 1}})
session.add(user)
session.commit()

user.settings["theme"] = "dark"
#> SELECT user_account; user is modified
session.commit()
#> UPDATE user_account; COMMIT
# --8<-- [end:saved]

# --8<-- [start:nested]
user.settings["mail"]["on"] = 0
session.commit()
#> COMMIT
user.settings["mail"]["on"] = 0
user.settings.changed()
session.commit()
#> UPDATE user_account; COMMIT
session.close()
# --8<-- [end:nested]
