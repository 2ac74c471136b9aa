"""A query flushes an object that is not complete yet, and fails."""

from snippets.library import (
    Author,
    Profile,
    empty_tables,
    engine,
    sent,
)

# --8<-- [start:setup]
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
sent()
# --8<-- [end:setup]

# --- story
# --8<-- [start:early]
session = Session(engine)
find = select(Author).where(Author.name == "Ursula")
profile = Profile(text="Born in Berkeley")
session.add(profile)
try:
    profile.author = session.scalars(find).one()
except IntegrityError as error:
    print(error)
    assert "Query-invoked autoflush" in str(error)
assert sent() == ["BEGIN", "INSERT profile", "ROLLBACK"]
# --8<-- [end:early]

# --8<-- [start:order]
session.rollback()
author = session.scalars(find).one()
profile = Profile(text="Born in Berkeley", author=author)
session.add(profile)
session.flush()
assert inspect(profile).persistent
# --8<-- [end:order]

# --8<-- [start:block]
session.rollback()
profile = Profile(text="Born in Berkeley")
session.add(profile)
with session.no_autoflush:
    profile.author = session.scalars(find).one()
session.flush()
assert inspect(profile).persistent
session.close()
# --8<-- [end:block]
