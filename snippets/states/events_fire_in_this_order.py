"""The order of the events that one commit fires."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import sessionmaker

empty_tables()
new_session = sessionmaker(engine)
# --8<-- [end:setup]

# --8<-- [start:listeners]
fired = []


def listen(name):
    def note(*args):
        fired.append(name)

    event.listen(new_session, name, note)


for name in (
    "after_commit",
    "after_flush",
    "after_flush_postexec",
    "before_commit",
    "before_flush",
):
    listen(name)
# --8<-- [end:listeners]

# --- story
# --8<-- [start:order]
with new_session() as session:
    session.add(Author(name="Ursula"))
    session.commit()
    #> INSERT author; COMMIT
print(fired[:3])
#> prints ['before_commit', 'before_flush', 'after_flush']
print(fired[3:])
#> prints ['after_flush_postexec', 'after_commit']
# --8<-- [end:order]
