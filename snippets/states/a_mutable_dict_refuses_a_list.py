"""A column mapped with MutableDict takes dictionaries only."""

# --8<-- [start:setup]
from sqlalchemy import JSON
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict] = mapped_column(
        MutableDict.as_mutable(JSON())
    )


# --8<-- [end:setup]

# --- story
# --8<-- [start:refused]
try:
    User(settings=["dark"])
    #> raises ValueError
except ValueError as error:
    print(error)
# --8<-- [end:refused]
