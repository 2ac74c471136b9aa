"""update() keeps the version, so a later save overwrites it."""

from snippets.article import Article, open_form, save
from snippets.article import save_first_version, usual

# --8<-- [start:setup]
from sqlalchemy import update
from sqlalchemy.orm import Session

save_first_version()
# --8<-- [end:setup]

# --- story
# --8<-- [start:bulk]
mine = open_form()
statement = update(Article).where(Article.id == 1)
with Session(usual) as session, session.begin():
    session.execute(statement.values(title="Kindred (1979)"))
print(save(mine | {"title": "Kindred, a novel"}))
#> SELECT article; UPDATE article; COMMIT; prints saved
# --8<-- [end:bulk]
