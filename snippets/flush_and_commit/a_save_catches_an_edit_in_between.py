"""save() says so when somebody saves between its two statements."""

from snippets.article import open_form, save, save_first_version

from sqlalchemy import event
from sqlalchemy.orm import Session

save_first_version()


@event.listens_for(Session, "before_flush", once=True)
def another_request_saves(session, context, instances):
    save(open_form() | {"title": "Kindred (1979)"})


# --- story
print(save(open_form() | {"title": "Kindred, a novel"}))
#> prints changed by somebody else
print(open_form())
#> prints {'title': 'Kindred (1979)', 'version': 2}
