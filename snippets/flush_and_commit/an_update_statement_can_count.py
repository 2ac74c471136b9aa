"""update() can add 1 to the version, so an old form is noticed."""

from snippets.article import Article, open_form, save
from snippets.article import save_first_version, usual

# --8<-- [start:setup]
from sqlalchemy import update
from sqlalchemy.orm import Session

save_first_version()
# --8<-- [end:setup]

# --- story
# --8<-- [start:counted]
mine = open_form()
statement = update(Article).where(Article.id == 1)
statement = statement.values(version=Article.version + 1)
with Session(usual) as session, session.begin():
    session.execute(statement.values(title="Kindred (1979)"))
print(save(mine | {"title": "Kindred, a novel"}))
#> sends no UPDATE; prints changed by somebody else
# --8<-- [end:counted]
