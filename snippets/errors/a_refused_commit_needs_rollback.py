"""After a COMMIT that was refused, call rollback() first."""

# needs postgresql
from snippets.library import Base, engine

# --8<-- [start:setup]
from sqlalchemy import UniqueConstraint, select
from sqlalchemy.exc import IntegrityError, InvalidRequestError
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.orm import Mapped, Session, mapped_column


class Seat(Base):
    __tablename__ = "seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    __table_args__ = (
        UniqueConstraint(
            "number", deferrable=True, initially="DEFERRED"
        ),
    )


Base.metadata.drop_all(engine)
Base.metadata.create_all(engine)
# --8<-- [end:setup]

# --- story
# --8<-- [start:refused]
with Session(engine) as session:
    seat = Seat(number=1)
    session.add_all([seat, Seat(number=1)])
    session.flush()
    #> INSERT seat; raises nothing
    try:
        session.commit()
        #> COMMIT; raises IntegrityError
    except IntegrityError:
        pass  # here rollback() is missing

    try:
        session.scalar(select(Seat))
        #> no SQL; raises InvalidRequestError
    except InvalidRequestError as error:
        print(error)
        #> prints This session is in 'prepared' state;…
    try:
        session.commit()
        #> no SQL; raises PendingRollbackError
    except PendingRollbackError as error:
        print(str(error).partition(".")[0])
        #> prints Can't reconnect until invalid transaction is…
    session.rollback()
    print(session.scalar(select(Seat)))
    #> SELECT seat; prints None
# --8<-- [end:refused]
