"""with_for_update locks the row; the other request waits for it."""

# needs postgresql, mariadb
# not recorded: two threads compete for one row
from snippets.bank import Account, open_account
from snippets.library import engine

# --8<-- [start:setup]
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

open_account(balance=100)
# --8<-- [end:setup]

# --- story
# --8<-- [start:lock]
read = []


def withdraw(amount):
    with Session(engine) as session, session.begin():
        account = session.get(Account, 1, with_for_update=True)
        read.append(account.balance)
        time.sleep(0.2)  # gives the other request time to read
        if account.balance >= amount:
            account.balance -= amount


with ThreadPoolExecutor() as pool:
    list(pool.map(withdraw, [30, 30]))
assert read == [100, 70]
# --8<-- [end:lock]
