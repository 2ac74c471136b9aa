"""What a SQL statement is about: its verb and its table."""

import functools
import re

_NAME = r"[`\"\[]?(?:\w+[`\"\]]?\.[`\"\[]?)?(\w+)"
_FROM = re.compile(rf"\bFROM\s+\(*(?!\(*SELECT\b){_NAME}", re.I)
_TABLE = {
    "INSERT": re.compile(rf"INTO\s+{_NAME}", re.I),
    "UPDATE": re.compile(rf"UPDATE\s+(?:ONLY\s+)?{_NAME}", re.I),
    "DELETE": re.compile(rf"FROM\s+(?:ONLY\s+)?{_NAME}", re.I),
    "SELECT": _FROM,
    "WITH": _FROM,
    "CREATE TABLE": re.compile(rf"TABLE\s+(?:IF NOT EXISTS\s+)?{_NAME}", re.I),
    "DROP TABLE": re.compile(rf"TABLE\s+(?:IF EXISTS\s+)?{_NAME}", re.I),
}
_VERB = re.compile(r"\s*(ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT|(?:CREATE|DROP) TABLE|\w+)", re.I)
_UPSERT = re.compile(r"\bON (?:CONFLICT|DUPLICATE KEY)\b|\s*INSERT (?:OR|IGNORE)\b", re.I)
_INNERMOST = re.compile(r"\([^()]*\)")
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
WRITES = ("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE")


def verb(sql: str) -> str:
    """`INSERT`, `SELECT`, `ROLLBACK TO SAVEPOINT` …: what the statement does."""
    match = _VERB.match(sql)
    return match[1].upper() if match else ""


def command(sql: str) -> str:
    """What a sentence calls the statement: its verb, and of a BEGIN the whole: `BEGIN IMMEDIATE`."""
    return sql.upper() if verb(sql) == "BEGIN" else verb(sql)


@functools.lru_cache(maxsize=256)
def table(sql: str) -> str:
    """The name of the (first) table the statement is about, without schema and quotes; empty if it has none.

    What a SELECT reads from itself comes before what is read in its parentheses.
    """
    pattern = _TABLE.get(verb(sql))
    outermost = _outermost(sql) if verb(sql) == "SELECT" else ""
    match = pattern and (pattern.search(outermost) or pattern.search(sql))
    return match[1] if match else ""


def _outermost(sql: str) -> str:
    """`sql` with a question mark for what stands in parentheses."""
    shorter = _INNERMOST.sub("?", sql)
    while shorter != sql:
        sql, shorter = shorter, _INNERMOST.sub("?", shorter)
    return sql


def is_upsert(sql: str) -> bool:
    """Whether an INSERT may change or skip rows that are there already: which, and how many, the driver doesn't say."""
    return verb(sql) == "INSERT" and bool(_UPSERT.search(sql))


def summary(sql: str) -> str:
    """Verb and table: `INSERT author`."""
    return f"{verb(sql)} {table(sql)}".rstrip()
