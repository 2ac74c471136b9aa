"""scoped_session keeps one Session per scope, until remove()."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import scoped_session, sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:registry]
registry = scoped_session(sessionmaker(engine))

mine = registry()
assert registry() is mine

author = Author(name="Ursula")
registry.add(author)  # the same as registry().add(author)
#> author is pending; no SQL
assert author in mine
# --8<-- [end:registry]

# --8<-- [start:remove]
registry.flush()
#> INSERT author; pool has 1 in use
registry.remove()
#> ROLLBACK; author is detached; pool has 0 in use
assert registry() is not mine
# --8<-- [end:remove]

# --8<-- [start:pool]
with ThreadPoolExecutor(max_workers=1) as worker:
    first = worker.submit(registry).result()
    assert first is not registry()

    second = worker.submit(registry).result()
    assert second is first

    worker.submit(registry.remove).result()
    third = worker.submit(registry).result()
    assert third is not first
# --8<-- [end:pool]
registry.remove()
