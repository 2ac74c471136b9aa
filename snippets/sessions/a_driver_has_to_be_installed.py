"""create_engine() imports the driver that the URL asks for."""

# --8<-- [start:setup]
from sqlalchemy import create_engine

# --8<-- [end:setup]

# --- story
# --8<-- [start:driver]
try:
    create_engine("mysql:///library")
    #> raises ModuleNotFoundError
except ModuleNotFoundError as error:
    print(error)
    #> prints No module named 'MySQLdb'
try:
    create_engine("postgresql+psycopg2:///library")
    #> raises ModuleNotFoundError
except ModuleNotFoundError as error:
    print(error)
    #> prints No module named 'psycopg2'
# --8<-- [end:driver]
