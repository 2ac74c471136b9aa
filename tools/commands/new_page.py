"""Start a page: both languages, its snippet with its recording, its place in the navigation.

    python -m tools.commands.new_page states/my-page "My page" 我的页面

What it writes runs as it is, and holds the words SCAFFOLD wherever its author has something to say: the checks
name each of them until they are gone.
"""

import functools
import re
import sys
from pathlib import Path

from tools.checks.check import SCAFFOLD
from tools.content.pages import read
from tools.content.repository import REFERENCE, ROOT, SUFFIX, Repository
from tools.content.translation import AWAITING, hashes, read_record, write_record
from tools.run import recordings, variants
from tools.run.sandbox import ProgramFailed, apart

NAME = re.compile(r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$")

STORY = '''"""{scaffold}: say the fact in one sentence."""

from snippets.library import Author, empty_tables, engine

# --8<-- [start:setup]
from sqlalchemy.orm import Session

empty_tables()
# --8<-- [end:setup]

# --- story
# --8<-- [start:story]
with Session(engine) as session:
    session.add(Author(name="Ursula"))
    session.commit()
    #> INSERT author; COMMIT; others see 1 row in author
# --8<-- [end:story]
'''

PAGE = """---
description: {describe}
---

# {title} {{#{id}}}

{answer}

/// setup
```python
--8<-- "library.py"
--8<-- "{story}:setup"
```
///

## {evidence} {{#evidence}}

{show}

```python
--8<-- "{story}:story"
```

```steps story="{story}"
```

## {rules} {{#rules}}

- {rule}
"""

WORDS = {
    "en": {
        "describe": f"{SCAFFOLD}, one sentence for search engines.",
        "answer": f"{SCAFFOLD}, the answer in two sentences.",
        "evidence": "The evidence",
        "show": f"{SCAFFOLD}, what the block below shows.",
        "rules": "Rules of thumb",
        "rule": f"{SCAFFOLD}, a rule that follows.",
    },
    "zh": {
        "describe": f"{SCAFFOLD}，用一句话说明本页，供搜索引擎使用。",
        "answer": f"{SCAFFOLD}，用两句话给出答案。",
        "evidence": "证据",
        "show": f"{SCAFFOLD}，说明下面的代码块证明了什么。",
        "rules": "经验之谈",
        "rule": f"{SCAFFOLD}，写一条由此得出的经验。",
    },
}


class PageError(Exception):
    """A page that cannot be started: one line that says why and what to do."""


def new_page(name: str, titles: dict[str, str], root: Path = ROOT) -> list[Path]:
    """Write the files of the page `name` (chapter/page, without .md) and return their paths.

    `titles` has the title in each language. Raises PageError, and writes nothing, if the name is not of that form,
    a title is missing, the chapter is not in the navigation, a file is already there, or the story cannot be recorded.
    """
    if place := variants.here():
        raise PageError(f"a new story is recorded on SQLite and SQLAlchemy 2.1, not on {place}: unset DATABASE_URL")
    if not NAME.match(name):
        raise PageError(f"'{name}' is no page's name: write chapter/page in small letters, like states/my-page")
    missing = [language for language, title in titles.items() if not title.strip()]
    if missing:
        raise PageError('a title is missing: make new-page PAGE=states/my-page TITLE="My page" ZH=我的页面')
    chapter, page = name.split("/")
    if chapter == REFERENCE:
        raise PageError(f"pages of '{REFERENCE}' show tables that programs compute, no story: write docs/en/{name}.md")
    story = f"{chapter}/{page}".replace("-", "_") + ".py"
    files = {root / "snippets" / story: STORY.format(scaffold=SCAFFOLD)}
    for language, words in WORDS.items():
        path = root / "docs" / language / f"{name}.md"
        files[path] = PAGE.format(title=titles[language], id=page, story=story, **words)
    for path in files:
        if path.exists():
            raise PageError(f"{path.relative_to(root)} is already there: choose another name, or edit that file")
    navigation = Repository(root).navigation
    lines = navigation.read_text("utf-8").splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if line.strip().startswith(f"- {chapter}/")]
    if not places:
        raise PageError(f"mkdocs.yml has no chapter '{chapter}' in its nav: add the chapter there first")
    indent = lines[places[-1]][: lines[places[-1]].index("-")]
    lines.insert(places[-1] + 1, f"{indent}- {name}.md\n")

    story_path, *pages = files
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    ((_, recording),) = apart(functools.partial(recordings.recorded_text, root=root), [story_path])
    if isinstance(recording, ProgramFailed):
        for path in files:
            path.unlink()
        raise PageError(str(recording))
    story_path.with_suffix(SUFFIX).write_text(recording, "utf-8")
    navigation.write_text("".join(lines), "utf-8")
    docs = root / "docs"
    added = {key: AWAITING for key in hashes(read(docs, "en")) if key.startswith(f"{name}.md#")}
    write_record(docs, read_record(docs) | added)
    return [story_path, story_path.with_suffix(SUFFIX), *pages]


def main(arguments: list[str]) -> int:
    name, english, chinese = (arguments + ["", "", ""])[:3]
    try:
        written = new_page(name, {"en": english, "zh": chinese})
    except PageError as error:
        print(error)
        return 2
    for path in written:
        print(f"wrote {path.relative_to(ROOT)}")
    print("Its place is in mkdocs.yml. Now write: 'make test' names what is left to do.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
