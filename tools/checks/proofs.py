"""What the proven tables say, against the stories and data that prove it."""

from collections.abc import Iterator

from tools.checks.problem import Problem
from tools.content.repository import Repository
from tools.tables import proof_checks, proven


def check_proofs(repository: Repository) -> Iterator[Problem]:
    """Every cell of every proven table says what its story did, in words of both languages that are confirmed."""
    for name in proven.names(repository.root):
        for line in proof_checks.problems(name, repository.root):
            yield Problem(repository.root / "tables" / name / proven.FILE, 0, line)
