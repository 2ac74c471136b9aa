"""Needs Flask: teardown closes, only the view commits."""

from snippets.library import Author, Book, empty_tables, engine

# --8<-- [start:setup]
from flask import Flask, abort, g
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --8<-- [start:app]
app = Flask("library")


def request_session():
    if "session" not in g:
        g.session = Session(engine)
    return g.session


# --8<-- [end:app]

# --- story
# --8<-- [start:close]
errors = []


@app.teardown_appcontext
def close_session(error):
    errors.append(error)
    if "session" in g:
        g.session.close()


# --8<-- [end:close]


# --8<-- [start:view]
def add_book(author, title):
    same_title = select(Book).where(Book.title == title)
    if request_session().scalar(same_title):
        #> INSERT author; SELECT book
        abort(409)
    request_session().add(Book(title=title, author=author))


@app.post("/authors/<name>/<title>")
def add_author(name, title):
    author = Author(name=name)
    request_session().add(author)
    add_book(author, title)
    request_session().commit()
    return {"added": name}


client = app.test_client()
# --8<-- [end:view]

# --8<-- [start:success]
response = client.post("/authors/Octavia/Kindred")
#> INSERT author; SELECT book; INSERT book; COMMIT
assert response.status_code == 200
# --8<-- [end:success]

# --8<-- [start:failure]
response = client.post("/authors/Ursula/Kindred")
#> INSERT author; SELECT book; raises Conflict; ROLLBACK
#> others see 1 row in author; pool has 0 in use
assert response.status_code == 409
assert errors == [None, None]
# --8<-- [end:failure]
