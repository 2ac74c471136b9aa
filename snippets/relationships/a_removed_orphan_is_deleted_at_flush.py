"""delete-orphan deletes a removed child at the next flush."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Shop(DeclarativeBase):
    pass


class Line(Shop):
    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(
        ForeignKey("invoice.id")
    )


class Remark(Shop):
    __tablename__ = "remark"
    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int | None] = mapped_column(
        ForeignKey("invoice.id")
    )


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Invoice(Shop):
    __tablename__ = "invoice"
    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list[Line]] = relationship(
        cascade="all, delete-orphan", order_by="Line.id"
    )
    remarks: Mapped[list[Remark]] = relationship(
        cascade="all", order_by="Remark.id"
    )


empty_tables(Shop.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:all]
session = Session(engine)
line, remark = Line(), Remark()
invoice = Invoice(lines=[line], remarks=[remark])
session.add(invoice)
session.flush()

invoice.remarks.remove(remark)
session.flush()
#> UPDATE remark; remark is persistent
# --8<-- [end:all]

# --8<-- [start:orphan]
invoice.lines.remove(line)
assert line not in session.deleted
invoice.lines.append(line)
session.flush()
#> no SQL; line is persistent

invoice.lines.remove(line)
session.flush()
#> DELETE line; line is deleted

extra = Line()
invoice.lines.append(extra)
#> extra is pending
invoice.lines.remove(extra)
#> extra is transient

session.commit()
#> COMMIT; line is detached; others see 0 rows in line
# --8<-- [end:orphan]
