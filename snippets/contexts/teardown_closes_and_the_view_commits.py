"""Needs Flask: teardown closes, only the view commits."""

from snippets.library import Author, Book, engine
from snippets.library import empty_tables, sent

# --8<-- [start:setup]
from flask import Flask, abort, g
from sqlalchemy import select
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:app]
app = Flask("library")
errors = []


def request_session():
    if "session" not in g:
        g.session = Session(engine)
    return g.session


@app.teardown_appcontext
def close_session(error):
    errors.append(error)
    if "session" in g:
        g.session.close()


# --8<-- [end:app]


# --8<-- [start:view]
def add_book(author, title):
    same_title = select(Book).where(Book.title == title)
    if request_session().scalar(same_title):
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
assert response.status_code == 200
assert sent()[-1] == "COMMIT"
# --8<-- [end:success]

# --8<-- [start:failure]
response = client.post("/authors/Ursula/Kindred")
assert response.status_code == 409
assert sent() == [
    "BEGIN",
    "INSERT author",
    "SELECT book",
    "ROLLBACK",
]
assert errors == [None, None]
assert engine.pool.checkedout() == 0
# --8<-- [end:failure]
