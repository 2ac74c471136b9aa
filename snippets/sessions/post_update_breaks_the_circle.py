"""With post_update, the second foreign key is set by an UPDATE."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Player(Base):
    __tablename__ = "player"
    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    team: Mapped["Team"] = relationship(foreign_keys=team_id)


# --8<-- [end:setup]


# --8<-- [start:mapping]
class Team(Base):
    __tablename__ = "team"
    id: Mapped[int] = mapped_column(primary_key=True)
    captain_id: Mapped[int | None] = mapped_column(
        ForeignKey("player.id", name="captain", use_alter=True)
    )
    captain: Mapped[Player | None] = relationship(
        foreign_keys=captain_id, post_update=True
    )


empty_tables(Base.metadata)
session = Session(engine)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:circle]
team = Team()
team.captain = Player(team=team)
session.add(team)
session.flush()
#> INSERT team; INSERT player; UPDATE team
session.commit()
session.close()
# --8<-- [end:circle]
