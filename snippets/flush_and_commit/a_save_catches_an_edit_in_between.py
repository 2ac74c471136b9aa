"""save() says so when somebody saves between its two statements."""

from snippets.article import open_form, save, save_first_version

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.orm import Session

save_first_version()
# --8<-- [end:setup]


# --8<-- [start:another]
@event.listens_for(Session, "before_flush", once=True)
def another_request_saves(session, context, instances):
    save(open_form() | {"title": "Kindred (1979)"})


# --8<-- [end:another]

# --- story
# --8<-- [start:caught]
print(save(open_form() | {"title": "Kindred, a novel"}))
#> prints changed by somebody else
print(open_form())
#> prints {'title': 'Kindred (1979)', 'version': 2}
# --8<-- [end:caught]
