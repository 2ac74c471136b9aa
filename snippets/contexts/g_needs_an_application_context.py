"""Needs Flask: outside a request, push an application context."""

from flask import Flask, g
from sqlalchemy.orm import Session

from snippets.library import Author, empty_tables, engine

empty_tables()


# The application of teardown_closes_and_the_view_commits.py,
# which stands before this story on its page.
app = Flask("library")


def request_session():
    if "session" not in g:
        g.session = Session(engine)
    return g.session


@app.teardown_appcontext
def close_session(error):
    if "session" in g:
        g.session.close()


# --- story
# --8<-- [start:outside]
try:
    request_session()
    #> raises RuntimeError
except RuntimeError as error:
    print(error)
    #> prints Working outside of application context. …

with app.app_context():
    request_session().add(Author(name="Joan"))
    request_session().flush()
    #> INSERT author; pool has 1 in use
#> ROLLBACK; pool has 0 in use
# --8<-- [end:outside]
