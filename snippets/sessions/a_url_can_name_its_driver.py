"""A URL without a driver means another one in 2.0 than in 2.1."""

# --8<-- [start:setup]
import sqlalchemy
from sqlalchemy import make_url

# --8<-- [end:setup]

# --- story
# --8<-- [start:driver]
bare = make_url("postgresql:///library").get_driver_name()
is_20 = sqlalchemy.__version__.startswith("2.0")
assert bare == ("psycopg2" if is_20 else "psycopg")

named = make_url("postgresql+psycopg:///library")
assert named.get_driver_name() == "psycopg"
# --8<-- [end:driver]
