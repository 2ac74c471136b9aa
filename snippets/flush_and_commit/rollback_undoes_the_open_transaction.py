"""rollback() undoes the open transaction and nothing before it."""

from snippets.library import Author, empty_tables, engine, sent

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

empty_tables()
names = select(Author.name).order_by(Author.name)
# --8<-- [end:setup]

# --- story
# --8<-- [start:after_commit]
session = Session(engine)
session.add(Author(name="Ursula"))
session.commit()
sent()
session.rollback()
assert sent() == []
assert session.scalars(names).all() == ["Ursula"]
session.close()
# --8<-- [end:after_commit]

# --8<-- [start:no_expire_on_commit]
with Session(engine, expire_on_commit=False) as session:
    author = session.scalars(select(Author)).one()
    session.rollback()
    assert inspect(author).expired

    session.refresh(author)
    session.commit()
    session.rollback()
    assert not inspect(author).expired
# --8<-- [end:no_expire_on_commit]

# --8<-- [start:expunge_all]
with Session(engine) as session:
    session.add(Author(name="Octavia"))
    session.flush()
    session.expunge_all()
    session.commit()
    assert session.scalars(names).all() == ["Octavia", "Ursula"]
# --8<-- [end:expunge_all]

# --8<-- [start:borrowed]
with engine.connect() as connection:
    with Session(connection) as session:
        session.scalars(names).all()
        session.rollback()
    assert engine.pool.checkedout() == 1
assert engine.pool.checkedout() == 0
# --8<-- [end:borrowed]
