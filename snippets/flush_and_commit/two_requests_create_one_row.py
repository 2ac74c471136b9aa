"""Two requests want to create the same row; both get that row."""

# differs on postgresql, mariadb: PostgreSQL and MariaDB don't
#   reuse the id of a rolled-back INSERT, so the ids have gaps
from snippets.library import Author, empty_tables, url

# --8<-- [start:setup]
from sqlalchemy import create_engine, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import sessionmaker

empty_tables()
# --8<-- [end:setup]

# --8<-- [start:calls]
usual = create_engine(url)  # with default settings
new_session = sessionmaker(usual)


def find(name):
    with new_session.begin() as session:
        by_name = select(Author.id).where(Author.name == name)
        return session.scalar(by_name)


def create(name):
    with new_session.begin() as session:
        author = Author(name=name)
        session.add(author)
        session.flush()
        return author.id


# --8<-- [end:calls]


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


# --8<-- [start:get_or_create]
def get_or_create(name):
    found = find(name)
    if found is not None:
        return found
    try:
        return create(name)
    except IntegrityError as error:
        found = find(name)  # in a new transaction
        if found is None:
            raise LookupError(f"no author {name!r}") from error
        return found


# --8<-- [end:get_or_create]


# --8<-- [start:raced]
@event.listens_for(new_session, "before_flush", once=True)
def another_request_is_faster(session, context, instances):
    create("Toni")


print(get_or_create("Toni") == find("Toni"))
#> prints True
# --8<-- [end:raced]

# --8<-- [start:missing]
try:
    get_or_create(None)
    #> raises LookupError
except LookupError as error:
    print(error, "because of", error.__cause__.orig)
# --8<-- [end:missing]
