"""Workflows: what they may do, and what they must; a change of either is a change of the tables here.

What zizmor audits is not repeated: it finds what is dangerous, not what is missing.
"""

from __future__ import annotations

import functools
import re
import shlex
from collections.abc import Iterator
from typing import Any

import yaml

from tools.checks.problem import Problem
from tools.content.repository import Repository

FOLDER, DEPENDABOT, COMPOSE = ".github/workflows", ".github/dependabot.yml", ".ci/compose.yml"
HERE = "tools/checks/workflows.py"
PUSH_TO_MAIN = {"branches": ["main"]}
TRIGGERS: dict[str, dict[str, Any]] = {  # when each runs; there are no others
    "publish.yml": {"push": PUSH_TO_MAIN, "workflow_dispatch": None},
    "tests.yml": {"pull_request": None, "push": PUSH_TO_MAIN},
    "weekly.yml": {"schedule": [{"cron": "17 4 * * 1"}], "workflow_dispatch": None},
}
STEPS = {  # the commands that each must run, with their variables
    "publish.yml": {
        "make test",
        ".venv/bin/python -m tools.commands.confirm status",  # nothing awaits translation
        "PLAYGROUND=--required make playground",
        "CARDS=--required make cards",
        "make attest",
        "REQUIRE_DATABASES=1 make test-databases",
        "BROWSER_TESTS=all make test-browser",
    },
    "tests.yml": {
        "make test",
        "REQUIRE_DATABASES=1 make test-databases",
        ".venv/bin/pip install --upgrade --pre sqlalchemy",
        ".venv/bin/pytest",
        "PLAYGROUND=--required make playground",
        "make check",
        "make site",
    },
    "weekly.yml": {
        ".venv/bin/pip install --upgrade sqlalchemy",
        ".venv/bin/pytest",
        "REPEATS=1 make test",
        "make measure",
        ".venv/bin/pytest docs/zh",
        "PLAYGROUND=--required make playground",
        "make mutate",
        "BROWSER_TESTS=all make test-browser",
    },
}
READ = {"contents": "read"}
PERMISSIONS = {  # of the jobs that need more than to check out
    "publish.yml/build": READ | {"id-token": "write"},
    "publish.yml/deploy": {"pages": "write", "id-token": "write"},
}
MAY_FAIL = {"tests.yml/prerelease"}
OWNERS = {"actions"}  # whose actions we use
PROGRAMS = ("make", ".venv/bin/", ".github/address", "docker compose")  # what a command may begin with
VARIABLES = {  # what a workflow may set
    *("PYTHON", "CUSTOM_SITE_URL", "DEFAULT_BRANCH"),  # for what is run
    *("REQUIRE_DATABASES", "PLAYGROUND", "CARDS", "BROWSER_TESTS", "REPEATS"),  # where tests may do less
}
KEYS = {"name", "on", "permissions", "concurrency", "env", "jobs"}
JOB_KEYS = {"name", "needs", "runs-on", "timeout-minutes", "permissions", "strategy", "environment", "env", "steps"}
STEP_KEYS = {"name", "id", "uses", "with", "run", "env"}
WITH_KEYS = {
    *("persist-credentials", "fetch-depth", "python-version", "cache", "cache-dependency-path"),
    *("name", "path", "if-no-files-found", "retention-days"),
}
MACHINE = "ubuntu-latest"
ECOSYSTEMS = {"github-actions", "uv", "npm", "docker-compose"}
COMMANDS = {  # what make's commands, and the script that decides, must do
    "Makefile": {
        "": {"BIN = .venv/bin", "ALL_CORES = -n auto --dist loadfile"},
        "test": {"$(BIN)/python -m tools.checks", "$(BIN)/pytest $(ALL_CORES)"},
        "test-databases": {"$(BIN)/python -m tools.commands.database_matrix $(BIN)/python .venv-2.0/bin/python"},
        "mutate": {"$(BIN)/python -m tools.commands.mutate $(STORY) $${SUGGEST:+--suggest}"},
        "test-browser": {"BROWSER_TESTS=$${BROWSER_TESTS:-1} $(BIN)/pytest -n auto tests/browser"},
        "check": {
            "$(BIN)/ruff check",
            "$(BIN)/ruff format --check",
            "$(BIN)/zizmor --offline --pedantic --quiet .github",
            "PACKAGE_TESTS=1 $(BIN)/pytest tests/tracer/test_package.py tests/commands/test_interrupt.py",
            "$(MAKE) --no-print-directory test-browser",
        },
        "playground": {"$(BIN)/python -m tools.commands.playground $(PLAYGROUND)"},
        ".venv/installed": {"$(BIN)/pip install --quiet --require-hashes -r requirements.txt"},
        ".venv/checks": {"$(BIN)/pip install --quiet --require-hashes -r .ci/requirements.txt"},
        ".venv-2.0/installed": {".venv-2.0/bin/pip install --quiet --require-hashes -r .ci/requirements-2.0.txt"},
        ".venv-attest/installed": {".venv-attest/bin/pip install --quiet --require-hashes -r .ci/attest.txt"},
    },
    ".ci/run": {
        "": {
            "set -euo pipefail",
            "make test",
            "REQUIRE_DATABASES=1 make test-databases",
            "PLAYGROUND=--required make playground",
            "make check",
        }
    },
}
# What changes all that make runs.
OVERRIDES = re.compile(
    r"^(?:export\s+|override\s+)*(?P<name>MAKEFLAGS|SHELL|\.SHELLFLAGS|\.IGNORE|PYTEST_\w+)\b", re.MULTILINE
)
PINNED = re.compile(r"(?P<owner>[\w-]+)/[\w./-]+@[0-9a-f]{40}")
DIGEST = re.compile(r".+:.+@sha256:[0-9a-f]{64}")


def check_workflows(repository: Repository) -> Iterator[Problem]:
    """Workflows run when and what they should, with no right too many, and the actions of known owners, pinned."""
    folder = repository.root / FOLDER
    for name in sorted(TRIGGERS):
        if not (folder / name).is_file():
            yield Problem(folder / name, 0, f"is missing: restore it, or take its name out of {HERE}")
    for path in sorted(folder.glob("*")):
        if path.name not in TRIGGERS:
            yield Problem(path, 0, f"is a workflow that nobody knows: delete it, or list it in {HERE}")
            continue
        workflow = _read(path.read_bytes())
        if isinstance(workflow, str):
            yield Problem(path, 0, f"{workflow}: mend it")
            continue
        for what in (*_workflow(path.name, workflow), *_jobs(path.name, workflow["jobs"])):
            yield Problem(path, 0, what)


def check_updates(repository: Repository) -> Iterator[Problem]:
    """Everything that is pinned is looked after by Dependabot; images are pinned, and stand where it looks."""
    path = repository.root / DEPENDABOT
    settings = _parsed(path.read_bytes()) if path.is_file() else "is missing"
    if isinstance(settings, str):
        yield Problem(path, 0, f"{settings}: mend it")
    else:
        updates = settings.get("updates") or []
        known = {update.get("package-ecosystem") for update in updates if isinstance(update, dict)}
        for missing in sorted(ECOSYSTEMS - known):
            yield Problem(path, 0, f"does not update '{missing}': add it to updates")
    path = repository.root / COMPOSE
    compose = _parsed(path.read_bytes()) if path.is_file() else "is missing"
    if isinstance(compose, str):
        yield Problem(path, 0, f"{compose}: mend it")
    else:
        for name, service in (compose.get("services") or {}).items():
            if not DIGEST.fullmatch(str(service.get("image"))):
                yield Problem(path, 0, f"service '{name}' has no pinned image: write name:version@sha256:…")


def check_commands(repository: Repository) -> Iterator[Problem]:
    """The commands that workflows call do all that they should."""
    for name, wanted in COMMANDS.items():
        path = repository.root / name
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            yield Problem(path, 0, f"cannot be read ({error}): restore it")
            continue
        for match in OVERRIDES.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Problem(path, line, f"sets {match['name']}, which changes what every command does: remove it")
        for target, commands in wanted.items():
            done = _recipe(text, target) if target else {_without_comment(line) for line in text.splitlines()}
            within = f"'{target}' " if target else ""
            for missing in sorted(commands - done):
                yield Problem(path, 0, f"{within}no longer says '{missing}': put it back, or change it in {HERE}, too")
            if target and len(re.findall(rf"^{re.escape(target)}:", text, re.MULTILINE)) > 1:
                yield Problem(path, 0, f"{within}is there twice, and make takes the last: delete one")


def _recipe(text: str, target: str) -> set[str]:
    """The commands of a target of a Makefile."""
    match = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n|(?:ifneq|else|endif).*\n)*)", text, re.MULTILINE)
    return {_without_comment(line.strip().lstrip("@")) for line in (match[1] if match else "").splitlines()}


def _without_comment(line: str) -> str:
    return line.partition("  #")[0].strip()


@functools.cache
def _parsed(text: bytes) -> Any:
    """What a file of YAML says, or what is wrong with it. The same few files are read in many tests."""
    try:
        said = yaml.safe_load(text.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        return "is no YAML" + (f" (line {line + 1})" if line is not None else "")
    return said if isinstance(said, dict) else "is no YAML of names and values"


def _read(text: bytes) -> Any:
    """A workflow, or what is wrong with it."""
    said = _parsed(text)
    if isinstance(said, str):
        return said
    said = {{True: "on"}.get(key, key): value for key, value in said.items()}  # YAML takes on for yes
    jobs = said.get("jobs")
    whole = isinstance(jobs, dict) and all(
        isinstance(job, dict)
        and isinstance(job.get("steps"), list)
        and all(isinstance(step, dict) for step in job["steps"])
        for job in jobs.values()
    )
    return said if whole else "has no jobs with steps"


def _workflow(name: str, workflow: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a workflow as a whole."""
    if workflow.get("on") != TRIGGERS[name]:
        yield f"runs 'on' other events than {HERE} says: make the two agree"
    if workflow.get("permissions") != {}:
        yield "gives every job permissions: write 'permissions: {}' above the jobs, and to each what it needs"
    yield from _unknown("the workflow", workflow, KEYS)
    yield from _variables("the workflow", workflow)
    done = {_command(step) for job in workflow["jobs"].values() for step in job["steps"]}
    for missing in sorted(STEPS[name] - done):
        yield f"no longer runs '{missing}': put the step back, or change it in {HERE}, too"


def _jobs(name: str, jobs: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the jobs of a workflow."""
    publishing = name == "publish.yml"
    for key, job in jobs.items():
        where, place = f"job '{key}'", f"{name}/{key}"
        allowed = PERMISSIONS.get(place, READ)
        given = job.get("permissions")
        if given != allowed:
            yield f"{where} has permissions {given}, not {allowed}: mend it, or change it in {HERE}, too"
        yield from _unknown(where, job, JOB_KEYS | ({"continue-on-error"} if place in MAY_FAIL else set()))
        yield from _variables(where, job)
        if job.get("runs-on") != MACHINE:
            yield f"{where} does not run on {MACHINE}: let it"
        if not isinstance(job.get("timeout-minutes"), int):
            yield f"{where} has no time limit: give it timeout-minutes"
        for number, step in enumerate(job["steps"], 1):
            shown = f"{where}, step {number}"
            yield from _unknown(shown, step, STEP_KEYS)
            yield from _unknown(f"{shown}, with", step.get("with") or {}, WITH_KEYS)
            yield from _variables(shown, step)
            yield from _action(shown, step, publishing)
            yield from _run(shown, step)
        if "pages" in (given or {}):
            yield from _deploys(where, key, job, jobs)


def _deploys(where: str, key: str, job: dict[str, Any], jobs: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the job that publishes."""
    needs = job.get("needs") or []
    for other in sorted(jobs.keys() - {key} - set([needs] if isinstance(needs, str) else needs)):
        yield f"{where} publishes without waiting for '{other}': add it to its needs"
    if any("run" in step or "actions/checkout@" in str(step.get("uses")) for step in job["steps"]):
        yield f"{where} runs our code with the right to publish: move that into another job"


def _unknown(where: str, said: dict[str, Any], keys: set[str]) -> Iterator[str]:
    for key in said.keys() - keys:
        yield f"{where} has '{key}', which may hide a failure or run elsewhere: remove it, or allow it in {HERE}"


def _variables(where: str, said: dict[str, Any]) -> Iterator[str]:
    given = said.get("env") or {}
    for name in given.keys() - VARIABLES if isinstance(given, dict) else ["its env"]:
        yield f"{where} sets {name}, which may change what is run: remove it, or allow it in {HERE}"


def _action(where: str, step: dict[str, Any], publishing: bool) -> Iterator[str]:
    action = step.get("uses")
    if action is None:
        return
    match = PINNED.fullmatch(str(action))
    if match is None:
        yield f"{where} uses {action}, which may change: pin it by its commit, owner/name@ and 40 hex digits"
    elif match["owner"] not in OWNERS:
        yield f"{where} uses an action of '{match['owner']}', whom we do not know: do without, or allow it in {HERE}"
    if publishing and any("cache" in str(part) for part in (action, *(step.get("with") or {}))):
        yield f"{where} caches: what is published is installed anew, so remove that"


def _run(where: str, step: dict[str, Any]) -> Iterator[str]:
    for line in str(step.get("run", "")).strip().splitlines():
        try:
            parts = list(shlex.shlex(line, posix=True, punctuation_chars=True))
        except ValueError:
            parts = ["|"]
        if {"|", "||", "&", "&&", ";"} & set(parts) or "`" in line or "$(" in line:
            yield f"{where} joins commands in '{line.strip()[:60]}': let make run them, or write a line for each"
        elif not f"{line.strip()} ".startswith(tuple(one if one[-1] == "/" else f"{one} " for one in PROGRAMS)):
            yield f"{where} runs '{line.strip()[:60]}': let make run it, or allow the program in {HERE}"


def _command(step: dict[str, Any]) -> str:
    """What a step runs, with its variables."""
    given = step.get("env") if isinstance(step.get("env"), dict) else {}
    return " ".join([*(f"{name}={value}" for name, value in sorted(given.items())), str(step.get("run", "")).strip()])
