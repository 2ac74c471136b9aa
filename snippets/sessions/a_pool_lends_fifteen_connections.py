"""By default, a pool lends fifteen connections and keeps five."""

from snippets.library import empty_tables, engine

# --8<-- [start:setup]
empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:default]
print(engine.pool.size())
#> prints 5
print(f"{engine.pool.timeout():g} seconds")
#> prints 30 seconds
opened = [engine.connect() for _ in range(15)]
print(engine.pool.overflow())
#> prints 10
for connection in opened:
    connection.close()
print(engine.pool.checkedin())
#> prints 5
# --8<-- [end:default]

# --8<-- [start:dispose]
engine.dispose()
print(engine.pool.checkedin())
#> prints 0
# --8<-- [end:dispose]
