"""Listeners need a Session class, or one sessionmaker."""

# --8<-- [start:setup]
from sqlalchemy import event
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import sessionmaker

# --8<-- [end:setup]

# --- story
# --8<-- [start:targets]
for target in sessionmaker, AsyncSession:
    try:
        event.listen(target, "before_flush", print)
        #> raises InvalidRequestError; no SQL
    except InvalidRequestError as error:
        print(error)
# --8<-- [end:targets]
