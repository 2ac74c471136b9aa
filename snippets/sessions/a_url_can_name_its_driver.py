"""A URL without a driver means another one in 2.0 than in 2.1."""

# differs on sqlalchemy-2.0: there, PostgreSQL's driver is psycopg2
# --8<-- [start:setup]
from sqlalchemy import make_url

# --8<-- [end:setup]

# --- story
# --8<-- [start:driver]
print(make_url("postgresql:///library").get_driver_name())
# psycopg2 on 2.0, psycopg on 2.1

print(make_url("postgresql+psycopg:///library").get_driver_name())
#> prints psycopg
# --8<-- [end:driver]
