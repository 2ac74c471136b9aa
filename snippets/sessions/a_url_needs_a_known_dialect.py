"""The short name postgres:// is no dialect of SQLAlchemy."""

# --8<-- [start:setup]
from sqlalchemy import create_engine
from sqlalchemy.exc import NoSuchModuleError

# --8<-- [end:setup]

# --- story
# --8<-- [start:dialect]
try:
    create_engine("postgres:///library")
    #> raises NoSuchModuleError
except NoSuchModuleError as error:
    print(error)
    #> prints Can't load plugin: sqlalchemy.dialects:postgres
# --8<-- [end:dialect]
