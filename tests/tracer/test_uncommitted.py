"""How a transaction ends; tests/tables/test_uncommitted.py holds the rows against what others see."""

import pytest

from tracer.uncommitted import how_it_ends


@pytest.mark.parametrize(
    ("event", "status", "end"),
    [
        ("commit", "open", "commit"),
        ("rollback", "open", "rollback"),
        ("commit", "failed", "rollback"),  # PostgreSQL answers so, and tells no error
    ],
)
def test_how_a_transaction_ends(event, status, end):
    assert how_it_ends({"event": event, "connection": "c1"}, {"connections": {"c1": status}}) == end
