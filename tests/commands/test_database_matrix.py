"""A server that is missing is named."""

import pytest
import sqlalchemy

from tools.commands import database_matrix


@pytest.mark.parametrize(("required", "status"), [("", 0), ("1", 1)])
def test_a_server_that_cannot_be_reached_is_named_with_the_way_to_start_it(required, status, monkeypatch, capsys):
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    monkeypatch.setattr(database_matrix, "SERVERS", {"postgresql": (nowhere,)})
    monkeypatch.setattr(
        database_matrix, "DEFAULT_LINE", sqlalchemy.__version__
    )  # else SQLite would have its turn, for ever
    monkeypatch.delenv("POSTGRESQL_URL", raising=False)
    monkeypatch.setenv("REQUIRE_DATABASES", required)
    assert database_matrix.main([]) == status
    assert capsys.readouterr().out.strip() == (
        "postgresql: not reached, so nothing was run on it; start it (pg_ctl start, or: "
        "docker compose -f .ci/compose.yml up -d postgresql) or set POSTGRESQL_URL"
    )
