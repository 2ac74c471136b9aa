"""A version counter finds an edit that was made in between."""

from snippets.article import Article, open_form, save
from snippets.article import save_first_version, usual

# --8<-- [start:setup]
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

save_first_version()
# --8<-- [end:setup]

# --- story
# --8<-- [start:compared]
mine = open_form()
yours = open_form()
yours["title"] = "Kindred (1979)"
print(save(yours))
#> SELECT article; UPDATE article; COMMIT; prints saved
mine["title"] = "Kindred, a novel"
print(save(mine))
#> sends no UPDATE; prints changed by somebody else
print(open_form())
#> prints {'title': 'Kindred (1979)', 'version': 2}
# --8<-- [end:compared]

# --8<-- [start:stale]
session = Session(usual)
article = session.get(Article, 1)
save(open_form() | {"title": "Kindred (2003)"})  # another request
article.title = "Kindred, a novel"
try:
    session.commit()
    #> UPDATE article; ROLLBACK; raises StaleDataError
except StaleDataError as error:
    print(error)
session.close()
# --8<-- [end:stale]
