"""The order of the events that one commit fires."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import sessionmaker

empty_tables()
factory = sessionmaker(engine)
fired = []
log = fired.append
for name in (
    "before_commit",
    "before_flush",
    "after_flush",
    "after_flush_postexec",
    "after_commit",
):
    event.listen(factory, name, lambda *args, name=name: log(name))
# --8<-- [end:setup]

# --- story
# --8<-- [start:order]
with factory() as session:
    session.add(Author(name="Ursula"))
    session.commit()
    #> INSERT author; COMMIT
print(*fired, sep=", ")
#> prints before_commit, before_flush, after_flush, after_flush…
# --8<-- [end:order]
