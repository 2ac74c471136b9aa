"""A small repository that tests may break, and the site built once from the real one."""

import json
import logging
import os
import shutil
import time
import warnings
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, BuildError

from tools.commands import confirm
from tools.content.repository import ROOT, Repository
from tracer.recording import Recording, Step

ADDRESS = "https://owner.example/session/"  # where the tests publish the site
BUILD_SECONDS = 180  # after which a worker no longer waits for the one that builds

ENGLISH = """---
description: A page about one thing.
---

# One thing {#one-thing}

It is one thing, see [below](#next).

```python
--8<-- "chapter/one_thing.py:setup"
```

## More {#next}

There is more of it.

```python
--8<-- "chapter/one_thing.py:more"
```

```steps story="chapter/one_thing.py"
```

| a | b |
| --- | --- |
| 1 | 2 |
"""

CHINESE = """---
description: 只讲一件事的页面。
---

# 一件事 {#one-thing}

只有一件事，见[下文](#next)。

```python
--8<-- "chapter/one_thing.py:setup"
```

## 更多 {#next}

还有更多内容。

```python
--8<-- "chapter/one_thing.py:more"
```

```steps story="chapter/one_thing.py"
```

| 甲 | 乙 |
| --- | --- |
| 1 | 2 |
"""

STORY = '''"""One thing is one thing."""

# --8<-- [start:setup]
one = 1
# --8<-- [end:setup]

# --- story
# --8<-- [start:more]
assert one == 1
# --8<-- [end:more]
'''


RECORDING = Recording("chapter/one_thing.py", "2.1.9", "3.13.0", steps=[Step((9, 9), "assert")]).dumps()

WHAT_DECIDES = (  # the repository's own, in which the checks ask for much
    *("Makefile", "pyproject.toml", ".ci/run", ".ci/compose.yml"),
    *(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github").rglob("*.yml")),
)
HASH = f"--hash=sha256:{'0' * 64}"
LOCKS = {  # not its own: versions are often updated
    "requirements.in": "one==1.0  # why\ntwo==1.0  # why\n",
    "requirements.txt": f"one==1.0 \\\n    {HASH}\n    # via -r requirements.in\n"
    f"three==1.0 \\\n    {HASH}\n    # via two\n"
    f"two==1.0 \\\n    {HASH}\n    # via\n    #   -r requirements.in\n    #   three\n",
    ".ci/databases.in": "driver==1.0  # why\n",
    ".ci/requirements.in": "-r databases.in\n",
    ".ci/requirements.txt": f"driver==1.0 \\\n    {HASH}\n    # via -r .ci/databases.in\n",
    ".ci/sqlalchemy-2.0.in": "one==0.9  # the line before\n",
    ".ci/requirements-2.0.txt": f"driver==1.0 \\\n    {HASH}\none==0.9 \\\n    {HASH}\ntwo==1.0 \\\n    {HASH}\n",
    "playground/package.json": '{"dependencies": {"python": "1.0"}}\n',
    "playground/package-lock.json": '{"packages": {"": {}, "node_modules/python": '
    '{"version": "1.0", "integrity": "sha512-0"}}}\n',
    ".ci/attest.in": "signer==1.0  # why\n",
    ".ci/attest.txt": f"signer==1.0 \\\n    {HASH}\n    # via -r .ci/attest.in\n",
}


class SmallHouse(Repository):
    """A repository of one page and one snippet, sound until a test breaks it."""

    english = property(lambda self: self.docs / "en" / "chapter" / "one-thing.md")
    chinese = property(lambda self: self.docs / "zh" / "chapter" / "one-thing.md")
    story = property(lambda self: self.snippets / "chapter" / "one_thing.py")
    recording = property(lambda self: self.snippets / "chapter" / "one_thing.trace.jsonl")

    def both(self, old: str, new: str) -> None:
        """Make the same change to both languages."""
        replace(self.english, old, new)
        replace(self.chinese, old, new)

    def confirm(self) -> None:
        confirm.confirm(Repository(self.root), ["chapter/one-thing.md"], same=True)

    def await_translation(self) -> None:
        confirm.await_translation(Repository(self.root), ["chapter/one-thing.md"])


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path} has no {old!r} to replace"
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def repository(tmp_path):
    repository = SmallHouse(tmp_path)
    for path in (repository.english, repository.chinese, repository.story):
        path.parent.mkdir(parents=True)
    repository.english.write_text(ENGLISH, "utf-8")
    repository.chinese.write_text(CHINESE, "utf-8")
    repository.story.write_text(STORY, "utf-8")
    repository.recording.write_text(RECORDING, "utf-8")
    repository.navigation.write_text("nav:\n  - One:\n      - chapter/one-thing.md\n", "utf-8")
    shutil.copytree(ROOT / "locale", repository.root / "locale")
    for name in WHAT_DECIDES:
        (repository.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, repository.root / name)
    for name, text in LOCKS.items():
        (repository.root / name).parent.mkdir(exist_ok=True)
        (repository.root / name).write_text(text, "utf-8")
    (repository.root / "tests").mkdir()
    (repository.root / "tests" / "skips.toml").write_text("", "utf-8")
    repository.confirm()
    return repository


def build_site(folder: Path) -> Path:
    """Build both languages into `folder`, strictly."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of mkdocs and its plugins, which are not ours to mend
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    return folder


class Complaints(logging.Handler):
    """What mkdocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def built_as_published(folder: Path) -> list[str]:
    """Build the site below a sub-path, as a publisher would. Return what kept it from being built."""
    complaints, log = Complaints(), logging.getLogger("mkdocs")
    log.addHandler(complaints)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        patch.setenv("EDIT_URL", "https://git.example/owner/session/edit/main")
        try:
            build_site(folder)
        except (Abort, BuildError) as error:
            complaints.lines.append(str(error))
        finally:
            log.removeHandler(complaints)
    return complaints.lines


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The site, and what kept it from being built. It is built once: the first worker that needs it builds for all."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # each worker has a folder of its own in it
    folder, done = run / "built" / "session", run / "built.json"
    try:
        folder.parent.mkdir()
    except FileExistsError:
        for _ in range(BUILD_SECONDS * 10):
            if done.exists():
                return folder, json.loads(done.read_text("utf-8"))
            time.sleep(0.1)
        return folder, [f"another worker has not built the site within {BUILD_SECONDS} s: run make site"]
    complaints = ["the build ended with an error: run make site"]
    try:
        complaints = built_as_published(folder)
    finally:
        (run / "built.part").write_text(json.dumps(complaints), "utf-8")
        (run / "built.part").rename(done)
    return folder, complaints


@pytest.fixture(scope="session")
def site(built):
    """The built site. Where it could not be built, one test says why, and those that look at it are skipped."""
    folder, complaints = built
    if complaints:
        pytest.skip("the site could not be built: tests/site/test_site.py::test_the_site_builds says why")
    return folder
