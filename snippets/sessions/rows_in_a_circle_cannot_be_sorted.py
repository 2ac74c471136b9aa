"""Two new rows that refer to each other have no order."""

# not recorded: the message names the objects in any order
from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.exc import CircularDependencyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped["Team"] = relationship(foreign_keys=team_id)


class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    captain_id: Mapped[int | None] = mapped_column(
        ForeignKey("player.id", name="captain", use_alter=True)
    )
    captain: Mapped[Player | None] = relationship(
        foreign_keys=captain_id
    )


empty_tables(Base.metadata)
session = Session(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:circle]
team = Team()
team.captain = Player(team=team)
session.add(team)
try:
    session.flush()
except CircularDependencyError as error:
    print(error)
    assert str(error).startswith("Circular dependency detected.")
session.close()
# --8<-- [end:circle]
