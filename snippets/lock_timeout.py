"""Tell a lock timeout from every other OperationalError."""

from snippets.library import engine


# --8<-- [start:test]
def is_lock_timeout(error):
    if engine.dialect.name == "postgresql":
        return error.orig.sqlstate == "55P03"  # lock_not_available
    return error.orig.args[0] == 1205  # MariaDB, with PyMySQL


# --8<-- [end:test]
