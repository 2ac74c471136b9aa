"""relationship() needs a join condition, not a ForeignKey."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String
from sqlalchemy.exc import NoForeignKeysError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


# --8<-- [end:setup]
# --8<-- [start:mapping]
def map_buoys(**options):
    class Sea(DeclarativeBase):
        pass

    class Wave(Sea):
        __tablename__ = "wave"
        id: Mapped[int] = mapped_column(primary_key=True)
        buoy_code: Mapped[str] = mapped_column(String(9))

    class Buoy(Sea):
        __tablename__ = "buoy"
        code: Mapped[str] = mapped_column(
            String(9), primary_key=True
        )
        waves: Mapped[list[Wave]] = relationship(**options)

    return Buoy(code="N7", waves=[Wave(), Wave()])


# --8<-- [end:mapping]
# --8<-- [start:remedy]
buoy = map_buoys(primaryjoin="Buoy.code == foreign(Wave.buoy_code)")
empty_tables(buoy.metadata)
# --8<-- [end:remedy]

# --- story
# --8<-- [start:condition]
try:
    map_buoys()
    #> raises NoForeignKeysError
except NoForeignKeysError as error:
    print(error)
    assert "no foreign keys linking" in str(error)
# --8<-- [end:condition]

# --8<-- [start:flush]
session = Session(engine)
session.add(buoy)
session.flush()
#> INSERT buoy; INSERT wave
assert [wave.buoy_code for wave in buoy.waves] == ["N7", "N7"]
session.close()
# --8<-- [end:flush]
