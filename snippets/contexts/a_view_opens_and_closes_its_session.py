"""Needs Flask: a failed view rolls back, a good one commits."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from flask import Flask
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:app]
app = Flask("library")
new_session = sessionmaker(engine)


@app.post("/authors/<name>")
def add_author(name):
    with new_session.begin() as session:
        author = Author(name=name)
        session.add(author)
        return {"name": author.name}


client = app.test_client()
# --8<-- [end:app]

# --8<-- [start:success]
response = client.post("/authors/Ursula")
#> INSERT author; COMMIT
#> others see 1 row in author; pool has 0 in use
assert response.status_code == 200
assert response.json == {"name": "Ursula"}
# --8<-- [end:success]

# --8<-- [start:failure]
response = client.post("/authors/Ursula")
#> INSERT author; ROLLBACK; raises IntegrityError
#> others see 1 row in author; pool has 0 in use
assert response.status_code == 500
# --8<-- [end:failure]
