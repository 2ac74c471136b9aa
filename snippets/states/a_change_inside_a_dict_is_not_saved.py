"""A change inside a JSON dictionary isn't saved."""

# differs on postgresql: its driver turns the JSON into
#   a dictionary; on SQLite, SQLAlchemy does
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import JSON
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm.attributes import flag_modified


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict] = mapped_column(JSON)


empty_tables(Base.metadata)
session = Session(engine)
user = User(id=1, settings={"theme": "light"})
# --8<-- [end:setup]

# --- story
# --8<-- [start:lost]
session.add(user)
session.commit()
user.settings["theme"] = "dark"
print(user.settings, user in session.dirty)
#> prints {'theme': 'dark'} False
session.commit()
#> COMMIT; user is expired
print(user.settings)
#> prints {'theme': 'light'}
# --8<-- [end:lost]

# --8<-- [start:assign]
user.settings = {**user.settings, "theme": "dark"}
session.commit()
#> UPDATE user_account; COMMIT
# --8<-- [end:assign]

# --8<-- [start:flag]
user.settings["theme"] = "blue"
flag_modified(user, "settings")
session.commit()
#> UPDATE user_account; COMMIT
session.close()
# --8<-- [end:flag]
