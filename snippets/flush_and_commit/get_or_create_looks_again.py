"""get_or_create() returns the row that another request creates."""

from sqlalchemy import event

from snippets.get_or_create import create, find
from snippets.get_or_create import get_or_create, new_session
from snippets.library import empty_tables

empty_tables()


@event.listens_for(new_session, "before_flush", once=True)
def another_request_is_faster(session, context, instances):
    create("Toni")


# --- story
print(get_or_create("Toni") == find("Toni"))
#> prints True
