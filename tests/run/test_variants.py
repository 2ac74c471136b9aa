"""Where we are, and which recordings a story has there: tests of what a story says of itself are in test_markers.py."""

import pytest
import sqlalchemy

from tools.run import variants


@pytest.mark.parametrize(
    ("url", "version", "place"),
    [
        ("", "2.1.9", ""),
        ("sqlite:///other.db", "2.1.9", ""),
        ("mysql+pymysql://root@127.0.0.1/x", "2.1.9", "mariadb"),
        ("postgresql+psycopg:///x", "2.0.58", "postgresql+sqlalchemy-2.0"),
        ("", "2.2.0b1", "sqlalchemy-2.2"),
    ],
)
def test_where_we_are(url, version, place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url) if url else monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(sqlalchemy, "__version__", version)
    assert variants.here() == place


def test_an_address_that_is_none_is_not_said(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "secret")
    with pytest.raises(variants.AddressError, match="DATABASE_URL is no address that SQLAlchemy knows") as failure:
        variants.here()
    assert "secret" not in str(failure.value)
