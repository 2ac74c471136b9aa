"""run_transaction() raises StaleDataError after one attempt."""

from snippets.article import Article, open_form, save
from snippets.article import save_first_version, usual
from snippets.retry_helper import run_transaction

# --8<-- [start:setup]
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.exc import StaleDataError

save_first_version()
# --8<-- [end:setup]

# --8<-- [start:edit]
attempts = []


def edit(session):
    attempts.append(1)
    article = session.get(Article, 1)
    save(open_form(), "Kindred (1979)")  # another request
    article.title = "Kindred, a novel"


# --8<-- [end:edit]

# --- story
# --8<-- [start:once]
try:
    run_transaction(sessionmaker(usual), edit)
    #> raises StaleDataError
except StaleDataError:
    print(len(attempts), "attempt")
    #> prints 1 attempt
# --8<-- [end:once]
