"""Two requests want to create the same row; both get that row."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.get_or_create import create, find, get_or_create
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy.exc import IntegrityError

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:race]
print(find("Joan"))
#> prints None
create("Joan")  # another request is faster
#> INSERT author; COMMIT
try:
    create("Joan")
    #> INSERT author; ROLLBACK; raises IntegrityError
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:race]

# --8<-- [start:found]
print(get_or_create("Joan"))
#> prints 1
print(get_or_create("Toni"))
#> SELECT author; COMMIT; INSERT author; COMMIT
try:
    get_or_create(None)  # breaks another constraint
    #> raises IntegrityError
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:found]
