"""Say where a site comes from: `python -m tools.commands.provenance SITE PREDICATE`, or `make attest`.

SITE/checksums.txt gets the SHA-256 of every file of the site, in the form that `sha256sum --check` reads. PREDICATE
gets the repository, commit and workflow run that built it, as a SLSA provenance, which `make attest` signs together
with the checksums. Only a workflow of GitHub knows these.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CHECKSUMS = "checksums.txt"
BUNDLE = f"{CHECKSUMS}.sigstore.json"  # the signature, which `make attest` writes beside them
BUILD_TYPE = "https://actions.github.io/buildtypes/workflow/v1"  # how to read the fields below


class ProvenanceError(Exception):
    """A site whose origin cannot be told: one line with the remedy."""


def checksums(site: Path) -> str:
    """A line for each file that is published. Files whose names begin with a dot are not, and leave no line."""
    files = [path.relative_to(site) for path in site.rglob("*") if path.is_file()]
    published = [
        path for path in files if path.name not in (CHECKSUMS, BUNDLE) and not any(p[0] == "." for p in path.parts)
    ]
    lines = [f"{hashlib.sha256((site / path).read_bytes()).hexdigest()}  {path.as_posix()}" for path in published]
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line[66:]))


def predicate(variables: Mapping[str, str]) -> dict[str, Any]:
    """The SLSA provenance that GitHub's variables tell. Raises ProvenanceError."""
    try:
        repository = f"{variables['GITHUB_SERVER_URL']}/{variables['GITHUB_REPOSITORY']}"
        workflow, _, _ = variables["GITHUB_WORKFLOW_REF"].partition("@")
        return {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    "workflow": {
                        "ref": variables["GITHUB_REF"],
                        "repository": repository,
                        "path": workflow.removeprefix(f"{variables['GITHUB_REPOSITORY']}/"),
                    }
                },
                "internalParameters": {"github": {"event_name": variables["GITHUB_EVENT_NAME"]}},
                "resolvedDependencies": [
                    {
                        "uri": f"git+{repository}@{variables['GITHUB_REF']}",
                        "digest": {"gitCommit": variables["GITHUB_SHA"]},
                    }
                ],
            },
            "runDetails": {
                "builder": {"id": f"{variables['GITHUB_SERVER_URL']}/{variables['GITHUB_WORKFLOW_REF']}"},
                "metadata": {
                    "invocationId": f"{repository}/actions/runs/{variables['GITHUB_RUN_ID']}"
                    f"/attempts/{variables['GITHUB_RUN_ATTEMPT']}"
                },
            },
        }
    except KeyError as error:
        raise ProvenanceError(
            f"{error.args[0]} is not set: only a workflow of GitHub can attest a site, as .github/workflows/publish.yml"
        ) from None


def main(arguments: list[str], variables: Mapping[str, str] = os.environ) -> int:
    """Write both files; return the exit status."""
    site, path = Path(arguments[0]), Path(arguments[1])
    try:
        if not site.is_dir():
            raise ProvenanceError(f"{site} is no folder: run make site first")
        said = predicate(variables)
    except ProvenanceError as error:
        print(error, file=sys.stderr)
        return 1
    (site / CHECKSUMS).write_text(checksums(site), "utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
