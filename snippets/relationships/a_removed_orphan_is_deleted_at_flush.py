"""delete-orphan deletes a removed child at the next flush."""

from snippets.library import empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import ForeignKey, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session
from sqlalchemy.orm import mapped_column, relationship


class Shop(DeclarativeBase):
    pass


# --8<-- [end:setup]
# --8<-- [start:mapping]
class Invoice(Shop):
    __tablename__ = "invoice"
    id: Mapped[int] = mapped_column(primary_key=True)
    lines: Mapped[list["Line"]] = relationship(
        cascade="all, delete-orphan", order_by="Line.id"
    )
    remarks: Mapped[list["Remark"]] = relationship(
        cascade="all", order_by="Remark.id"
    )


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


empty_tables(Shop.metadata)
# --8<-- [end:mapping]

# --- story
# --8<-- [start:all]
session = Session(engine)
line, remark = Line(), Remark()
invoice = Invoice(lines=[line], remarks=[remark])
session.add(invoice)
session.flush()
sent()

invoice.remarks.remove(remark)
session.flush()
assert sent() == ["UPDATE remark"]
assert inspect(remark).persistent
# --8<-- [end:all]

# --8<-- [start:back]
invoice.lines.remove(line)
assert line not in session.deleted
invoice.lines.append(line)
session.flush()
assert sent() == []
assert inspect(line).persistent
# --8<-- [end:back]

# --8<-- [start:flush]
invoice.lines.remove(line)
session.flush()
assert sent() == ["DELETE line"]
assert inspect(line).deleted

session.commit()
assert inspect(line).detached
# --8<-- [end:flush]

# --8<-- [start:pending]
extra = Line()
invoice.lines.append(extra)
assert extra in session.new
invoice.lines.remove(extra)
assert extra not in session
session.close()
# --8<-- [end:pending]
