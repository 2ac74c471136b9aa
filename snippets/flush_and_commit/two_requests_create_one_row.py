"""Two requests want to create the same row; both get that row."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.get_or_create import find, get_or_create, new_session
from snippets.library import empty_tables

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:used]
print(get_or_create("Joan"))
#> SELECT author; COMMIT; INSERT author; COMMIT; prints 1
print(get_or_create("Joan"))
#> SELECT author; COMMIT; prints 1
try:
    get_or_create(None)  # breaks another constraint
    #> raises IntegrityError
except IntegrityError as error:
    print(error.orig)
# --8<-- [end:used]

# --8<-- [start:race]
name = "Toni"


@event.listens_for(new_session, "before_flush", once=True)
def another_request_is_faster(session, context, instances):
    get_or_create(name)


toni = get_or_create(name)
#> SELECT author; COMMIT
#> SELECT author; COMMIT; INSERT author; COMMIT
#> INSERT author; ROLLBACK; SELECT author; COMMIT
assert toni == find(name)
# --8<-- [end:race]

# --8<-- [start:gap]
get_or_create("Chloe")
#> SELECT author; COMMIT; INSERT author; COMMIT
# --8<-- [end:gap]
