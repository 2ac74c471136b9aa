"""An upsert changes the row; loaded objects keep their values."""

# differs on postgresql, mariadb: each database has its own upsert
from snippets.library import Author, Profile, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy import select
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Session

empty_tables()
with Session(engine) as session, session.begin():
    ursula = Author(id=1, name="Ursula")
    ursula.profile = Profile(text="Novelist")
    session.add_all([ursula, Author(id=2, name="Octavia")])
database = engine.dialect.name
# --8<-- [end:setup]

# --8<-- [start:skip]
from sqlalchemy.dialects.postgresql import insert


def insert_or_skip(**values):  # PostgreSQL and SQLite
    new = insert(Profile).values(values)
    unique = [Profile.author_id]
    return new.on_conflict_do_nothing(index_elements=unique)


def insert_or_skip_on_mariadb(**values):
    new = insert(Profile).values(values)
    return new.on_duplicate_key_update(author_id=Profile.author_id)


# --8<-- [end:skip]

# --8<-- [start:choose_skip]
if database == "sqlite":
    insert = sqlite.insert
elif database != "postgresql":
    insert = mysql.insert
    insert_or_skip = insert_or_skip_on_mariadb
# --8<-- [end:choose_skip]

# --- story
# --8<-- [start:skipped]
session = Session(engine)
session.execute(insert_or_skip(author_id=1, text="Poet"))
#> INSERT profile
profile = session.scalars(select(Profile)).one()
print(profile.text)
#> prints Novelist
# --8<-- [end:skipped]


# --8<-- [start:update]
def insert_or_update(**values):  # PostgreSQL and SQLite
    new = insert(Profile).values(values)
    return new.on_conflict_do_update(
        index_elements=[Profile.author_id],
        set_={"text": new.excluded.text},
    )


def insert_or_update_on_mariadb(**values):
    new = insert(Profile).values(values)
    return new.on_duplicate_key_update(text=new.inserted.text)


# --8<-- [end:update]

# --8<-- [start:choose_update]
if database not in ("postgresql", "sqlite"):
    insert_or_update = insert_or_update_on_mariadb
# --8<-- [end:choose_update]

# --8<-- [start:updated]
upsert = insert_or_update(author_id=1, text="Poet")
session.execute(upsert)
#> INSERT profile
print(session.scalars(select(Profile.text)).one())
#> prints Poet
# --8<-- [end:updated]

# --8<-- [start:stale]
print(profile.text)
#> no SQL; prints Novelist
returning = upsert.returning(Profile)
print(session.scalars(returning).one().text)
#> INSERT profile; prints Novelist
fresh = returning.execution_options(populate_existing=True)
print(session.scalars(fresh).one().text)
#> INSERT profile; prints Poet
# --8<-- [end:stale]

# --8<-- [start:returned]
skip = insert_or_skip(author_id=1, text="Critic")
print(session.scalars(skip.returning(Profile.id)).all())
#> INSERT profile
session.commit()
#> COMMIT; others see 1 row in profile
# --8<-- [end:returned]

# --8<-- [start:many]
rows = [
    {"author_id": 1, "text": "Critic"},
    {"author_id": 2, "text": "Editor"},
]
session.execute(insert_or_update(), rows)
#> INSERT profile
session.commit()
#> COMMIT; others see 2 rows in profile
# --8<-- [end:many]
