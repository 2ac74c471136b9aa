"""Both sides of a relationship agree at once, before any SQL."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Kiosk(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Magazine(Kiosk):
    __tablename__ = "magazine"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    issues: Mapped[list["Issue"]] = relationship(
        back_populates="magazine", order_by="Issue.number"
    )


class Issue(Kiosk):
    __tablename__ = "issue"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    magazine_id: Mapped[int | None] = mapped_column(
        ForeignKey("magazine.id")
    )
    magazine: Mapped[Magazine | None] = relationship(
        back_populates="issues"
    )


empty_tables(Kiosk.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:agree]
magazine = Magazine(name="Orbit")
one, two = Issue(number=1), Issue(number=2)

magazine.issues.append(one)
assert one.magazine is magazine

two.magazine = magazine
#> no SQL; two is transient
assert magazine.issues == [one, two]

one.magazine = None
assert magazine.issues == [two]
# --8<-- [end:agree]

# --8<-- [start:flush]
session = Session(engine)
session.add(magazine)
assert two.magazine_id is None

session.flush()
#> INSERT magazine; INSERT issue
assert two.magazine_id == magazine.id
# --8<-- [end:flush]

# --8<-- [start:order]
magazine.issues.append(one)
assert magazine.issues == [two, one]

session.commit()
#> INSERT issue; COMMIT; magazine.issues is expired
assert magazine.issues == [one, two]
#> SELECT magazine; SELECT issue
session.close()
# --8<-- [end:order]
