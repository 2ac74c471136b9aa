"""skip_locked gives each worker a job that no other has locked."""

# needs postgresql, mariadb
from snippets.library import Base, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

# --8<-- [end:setup]


# --8<-- [start:job]
class Job(Base):
    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))
    done: Mapped[bool] = mapped_column(default=False)


open_jobs = select(Job).where(Job.done.is_(False))
oldest = open_jobs.order_by(Job.id).limit(1)
next_job = oldest.with_for_update(skip_locked=True)
# --8<-- [end:job]

# --8<-- [start:rows]
empty_tables()
with Session(engine) as session, session.begin():
    session.add(Job(id=1, name="email"))
    session.add(Job(id=2, name="report"))
# --8<-- [end:rows]

# --- story
# --8<-- [start:skip]
with Session(engine) as first, Session(engine) as second:
    job = first.scalar(next_job)
    other_job = second.scalar(next_job)
    print(job.name, other_job.name)
    #> prints email report
    job.done = True
    first.commit()
    #> UPDATE job; COMMIT
#> ROLLBACK
with Session(engine) as third:
    print(third.scalar(next_job).name)
    #> SELECT job; prints report
# --8<-- [end:skip]
