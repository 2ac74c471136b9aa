"""The faults that the checks must find: what is planted in the small repository, and the line that must come.

Every message of tools/checks is here, file by file: the file, what is wrong, what to do.
"""

import re

from tests.conftest import replace

EN, ZH = "docs/en/chapter/one-thing.md", "docs/zh/chapter/one-thing.md"
STORY, RECORDING = "snippets/chapter/one_thing.py", "snippets/chapter/one_thing.trace.jsonl"
STEPS = '```steps story="chapter/one_thing.py"\n```\n'
BLOCK = '```python\n--8<-- "chapter/one_thing.py:more"\n```\n'
TESTS, PUBLISH = ".github/workflows/tests.yml", ".github/workflows/publish.yml"


def change(path, old, new):
    """Change a file."""
    return lambda repository: replace(repository.root / path, old, new)


def pattern(path, old, new):
    """Change a file where a regular expression fits first: for what is often updated."""

    def plant(repository):
        text, found = re.subn(old, new, (repository.root / path).read_text("utf-8"), count=1)
        assert found, f"{path} has no {old!r} to replace"
        (repository.root / path).write_text(text, "utf-8")

    return plant


def both(old, new):
    """Make the same change to both languages."""
    return lambda repository: repository.both(old, new)


def add(text):
    """Add Markdown to the end of both languages: the first line of it is line 28."""
    return both("| 1 | 2 |\n", f"| 1 | 2 |\n\n{text}\n")


def front(line, path=EN):
    """Add a line to the front matter: line 3 of the page."""
    after = "\n---\n\n#" if path == EN else "\ntranslated:"
    return change(path, after, f"\n{line}{after}")


def write(path, text):
    """Write a file."""

    def plant(repository):
        (repository.root / path).parent.mkdir(parents=True, exist_ok=True)
        (repository.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    return plant


def remove(path):
    """Delete a file."""
    return lambda repository: (repository.root / path).unlink()


def folder(path):
    """Make a folder."""
    return lambda repository: (repository.root / path).mkdir()


def error_page(text):
    """Write a page about an error in both languages."""

    def plant(repository):
        for language in ("en", "zh"):
            write(f"docs/{language}/errors/no-thing.md", f"---\n{text}---\n\n# NoThing {{#no-thing}}\n")(repository)

    return plant


def each(*plants):
    """Several changes."""
    return lambda repository: [plant(repository) for plant in plants]


FAULTS = {
    # files
    "a page that is no text": (write(EN, b"\xe9"), f"{EN}: is not UTF-8: save it as UTF-8"),
    "a story that is no text": (write(STORY, b"\xe9"), f"{STORY}: is not UTF-8: save it as UTF-8"),
    "settings that are no text": (write("mkdocs.yml", b"\xe9"), "mkdocs.yml: is not UTF-8: save it as UTF-8"),
    "a folder named like a page": (
        folder("docs/en/chapter/x.md"),
        "docs/en/chapter/x.md: is a folder that is named like a page: rename it",
    ),
    "a page's name": (
        write("docs/en/chapter/My Page.md", "# My page {#x}\n"),
        "docs/en/chapter/My Page.md: 'chapter/My Page.md' is no page's name: write small letters, digits and hyphens",
    ),
    "no Chinese page": (remove(ZH), f"{EN}: is missing in another language: write {ZH}"),
    "no English page": (remove(EN), f"{ZH}: is missing in another language: write {EN}"),
    "nav names no page": (
        change("mkdocs.yml", "one-thing", "one-thin"),
        "mkdocs.yml:3: nav names chapter/one-thin.md, which is no page: mend it",
    ),
    "nav leaves out a page": (
        change("mkdocs.yml", "one-thing", "one-thin"),
        "mkdocs.yml: nav does not name chapter/one-thing.md: add it under its chapter",
    ),
    "nav names a page twice": (
        change("mkdocs.yml", "      - chapter/one-thing.md\n", "      - chapter/one-thing.md\n" * 2),
        "mkdocs.yml:4: nav names chapter/one-thing.md a second time: delete one",
    ),
    "a chapter without a title": (
        write("mkdocs.zh.yml", "site_url: !ENV X\nextra:\n  chapters:\n    Two: 二\n"),
        "mkdocs.yml:2: nav's 'One' has no title in zh: write it in mkdocs.zh.yml",
    ),
    "what new-page left": (
        change(STORY, "One thing is", "WRITE THIS: one thing is"),
        f"{STORY}:1: still says 'WRITE THIS': write what belongs there",
    ),
    # front matter
    "no YAML": (
        change(EN, "description: A page about one thing.", "description: a: b"),
        f"{EN}:1: has front matter that is no YAML of names and values: quote what has a colon",
    ),
    "a list": (
        change(EN, "description: A page about one thing.", "- x"),
        f"{EN}:1: has front matter that is no YAML of names and values: quote what has a colon",
    ),
    "a merge that is not settled": (
        change(ZH, "translated:\n", "translated:\n<<<<<<< HEAD\n"),
        f"{ZH}:4: holds a merge that is not settled: keep one of each two lines, then run make confirm for this page",
    ),
    "another key": (
        front("template: nope.html"),
        f"{EN}:3: front matter has no key 'template': it has description, label, keywords, hide, long",
    ),
    "a record in English": (
        front("translated: yes"),
        f"{EN}:3: front matter has no key 'translated': it has description, label, keywords, hide, long",
    ),
    "no description": (
        change(EN, "description: A page about one thing.", "label: One thing"),
        f"{EN}:1: has no description: write one sentence of front matter (description: …)",
    ),
    "a long label": (
        front("label: 一二三四五六七八九十一二三四五", ZH),
        f"{ZH}:1: label is 30 columns wide: 28 at most, and a Han character is two",
    ),
    "a long title": (
        change(EN, "# One thing {", "# One thing is one thing, and nothing else {"),
        f"{EN}:5: title is 40 columns wide: write a label of at most 28 for the navigation (label: …)",
    ),
    "a text for a list": (front("hide: toc"), f"{EN}:1: front matter's 'hide' is not a list, such as [one, two]"),
    "a number for a text": (front("long: 7"), f"{EN}:1: front matter's 'long' is not one text: put it between quotes"),
    "another list there": (
        front("hide: [toc]"),
        f"{ZH}:1: front matter's 'hide' is 'None' here, '['toc']' there, in {EN}: make them equal",
    ),
    "an error without its class": (
        error_page("description: A page.\nmessage: no thing\nstory: chapter/one_thing.py\n"),
        "docs/en/errors/no-thing.md:1: is about an error and has no 'class' in its front matter: write it",
    ),
    "an error without its story": (
        error_page("description: A page.\nclass: NoThing\nmessage: no thing\nstory: chapter/other.py\n"),
        "docs/en/errors/no-thing.md:1: no such story as snippets/chapter/other.py: "
        "name one below snippets/, such as errors/pending_rollback.py",
    ),
    "an error's class with its module": (
        error_page("description: A page.\nclass: exc.NoThing\nmessage: no thing\nstory: chapter/one_thing.py\n"),
        "docs/en/errors/no-thing.md:1: front matter's class 'exc.NoThing' is no bare name: "
        "write one like DetachedInstanceError",
    ),
    "an error that nobody saw": (
        error_page("description: A page.\nclass: NoThing\nmessage: no thing\nstory: chapter/one_thing.py\n"),
        "docs/en/errors/no-thing.md:4: no recording has the message 'NoThing: no thing'",
    ),
    # headings
    "no title": (
        change(EN, "# One thing {#one-thing}", "One thing"),
        f"{EN}: does not start with a title: write '# Title {{#page-id}}' first",
    ),
    "text before the title": (both("\n# ", "\nText.\n\n# "), f"{EN}:1: has text before its title: move it below"),
    "two titles": (both("## ", "# "), f"{EN}:13: 'More' is a second title: write '## More'"),
    "no id": (change(EN, " {#next}", ""), f"{EN}:13: heading 'More' has no id: append {{#an-id}}"),
    "an id twice": (both("{#next}", "{#one-thing}"), f"{EN}:13: id 'one-thing' stands twice: give each its own"),
    "an id with a capital": (
        both("{#next}", "{#More}"),
        f"{EN}:13: id 'More' will not do: write small letters, digits and hyphens",
    ),
    "the id of the front matter": (
        both("{#next}", "{#front-matter}"),
        f"{EN}:13: id 'front-matter' will not do: write small letters, digits and hyphens, but not this name",
    ),
    # lengths
    "a page without a next": (
        each(change(EN, "{#next}", "{#after}"), change(ZH, "{#next}", "{#after}")),
        f"{EN}:13: ends with section 'after': end with '## Next {{#next}}', up to three links",
    ),
    "a page of many words": (
        add("word " * 1000),
        f"{EN}: takes 6 minutes to read, with 1011 words of prose (1000 at most): shorten it, split it, or say why "
        "in its front matter (long: …)",
    ),
    "a page of many steps": (
        add(f"{STEPS}\n" * 3),
        f"{EN}: takes 4 minutes to read, with 4 steppers (3 at most): shorten it, split it, or say why",
    ),
    "a page that is long no more": (
        front("long: Once it was."),
        f"{EN}:1: says why it is long, and is within the limits: delete 'long' from its front matter",
    ),
    # markup
    **{
        f"a fence of {kind}": (
            add(f"```{kind}\n>>> 1\n```"),
            f"{EN}:28: a block of '{kind}' is none of python, sh, text, steps, table, map, predict: mend its fence",
        )
        for kind in ("pycon", "ipython", "tabel")
    },
    "code by indentation": (
        add("    assert True"),
        f"{EN}:28: a block of 'indented code' is none of python, sh, text, steps, table, map, predict: mend its fence",
    ),
    "a table's header": (add("```table name=rollback\n```"), f'{EN}:28: a table fence reads ```table name="…"'),
    "a stepper's header": (
        both(STEPS, STEPS.replace("steps ", 'steps nth="2" ')),
        f'{EN}:21: a steps fence reads ```steps story="…" open="…" nth="…", of which only the story must be there',
    ),
    "Python by hand": (
        both('--8<-- "chapter/one_thing.py:more"', "assert True"),
        f"{EN}:18: Python typed by hand: move it to a snippet and include its section",
    ),
    **{
        f"a block after {mark}": (
            add(f'{mark} "note"\n\n    Text.'),
            f"{EN}:28: a block after '{mark}' would never be run: write a '///' block instead",
        )
        for mark in ("!!!", "???", "???+", "===")
    },
    "an include that is shown and not run": (
        add('```text\n--8<-- "chapter/one_thing.py:more"\n```'),
        f"{EN}:29: includes a snippet that would never be run: use a block of python",
    ),
    "a block that is not run": (
        both('```python\n--8<-- "chapter/one_thing.py:more"', '```python notest\n--8<-- "chapter/one_thing.py:more"'),
        f"{EN}:17: ```python notest may not be run, or not alone: write ```python and nothing behind it",
    ),
    "HTML": (
        add("A <script>alert(1)</script>."),
        f"{EN}:28: holds HTML, '<script>': write Markdown, or put it between backticks",
    ),
    # links
    "a link to no page": (
        both("](#next)", "](other.md)"),
        f"{EN}:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link",
    ),
    "a link by reference to no page": (
        each(both("(#next)", "[far]"), add("[far]: other.md")),
        f"{EN}:7: link to 'other.md' leads nowhere: no page 'chapter/other.md'; mend the link",
    ),
    "a link to no heading": (
        each(both("](#next)", "](#less)"), both(STEPS, "")),
        f"{EN}:7: link to '#less': 'chapter/one-thing.md' has no heading with id 'less'; mend the link",
    ),
    **{
        f"a link to {target}": (
            both("](#next)", f"]({target})"),
            f"{EN}:7: link to '{target}': write an address that begins with https://",
        )
        for target in ("http://example.org", "ftp://example.org", "javascript:alert")
    },
    "an image without words": (
        each(write("docs/assets/drawing.svg", "<svg/>"), add("![](../assets/drawing.svg)")),
        f"{EN}:28: image '../assets/drawing.svg' has no text alternative: write ![what it shows]",
    ),
    "an image that is missing": (
        add("![a drawing](../assets/drawing.svg)"),
        f"{EN}:28: no such image as docs/assets/drawing.svg: draw it, or mend the path: "
        "a page writes ../assets/figures/name.svg",
    ),
    # snippets
    "an include of no file": (
        both("one_thing.py:setup", "other.py:setup"),
        f"{EN}:9: no such snippet as snippets/chapter/other.py: mend the include, or write the snippet",
    ),
    "an include from elsewhere": (
        both("chapter/one_thing.py:setup", "../README.md"),
        f"{EN}:9: '../README.md' is no snippet's path: write one below snippets/, such as start/three_calls.py",
    ),
    "an include of no section": (
        both("one_thing.py:more", "one_thing.py:less"),
        f"{EN}:17: no section 'less' in snippets/chapter/one_thing.py (there: setup, more): mend the include",
    ),
    "a section without end": (
        change(STORY, "# --8<-- [end:more]\n", ""),
        f"{STORY}:8: section 'more' has no end: write [end:more] below it",
    ),
    "a section twice": (
        both("one_thing.py:more", "one_thing.py:setup"),
        f"{EN}:17: shows section 'setup' of chapter/one_thing.py twice: delete one",
    ),
    "sections out of order": (
        each(both(":setup", ":SETUP"), both(":more", ":setup"), both(":SETUP", ":more")),
        f"{EN}:17: shows section 'setup' of chapter/one_thing.py after a later one: keep the order of the file",
    ),
    "a wide line": (
        change(STORY, "assert one == 1", "assert one == 1  # " + "x" * 60),
        f"{STORY}:9: is 79 columns wide: break it at 68, for phones",
    ),
    "a comment that is not checked": (
        change(STORY, "assert one == 1", "assert one == 1  \n# > no SQL"),
        f"{STORY}:10: begins with '# >', which nothing checks: write '#>'",
    ),
    "no story": (
        change(STORY, "# --- story\n", ""),
        f"{STORY}: has no line '# --- story': write it between the setup and the story",
    ),
    "a long story": (
        change(STORY, "assert one == 1\n", "assert one == 1\n" * 41),
        f"{STORY}:49: tells a story of 41 lines: split it, 40 at most",
    ),
    "words that cannot be read": (
        write("locale/zh.toml", "[prose"),
        "locale/zh.toml: cannot be read (Expected ']' at the end of a table declaration (at end of document)): mend it",
    ),
    "an unknown server": (
        change(STORY, "one = 1", "# needs oracle\none = 1"),
        f"{STORY}: needs 'oracle', which is none of postgresql, mariadb: mend it",
    ),
    "not recorded, without a reason": (
        change(STORY, "one = 1", "# not recorded\none = 1"),
        f"{STORY}: '# not recorded:' gives no reason: write why it cannot be recorded twice alike",
    ),
    "a try in the setup": (
        change(STORY, "one = 1", "try:\n    one = 1\nexcept ValueError:\n    pass"),
        f"{STORY}:4: a try above '# --- story' may not raise, and nobody would notice: move it below that line",
    ),
    "a proven table without columns": (
        write("tables/one/table.toml", 'kind = "proven"\n'),
        "tables/one/table.toml: ",
    ),
    "data that are no JSON": (
        write("tables/one/data.json", "{"),
        "tables/one/data.json: holds no data (Expecting property name enclosed in double quotes: line 1 column 2 "
        "(char 1)): run make record, or restore it",
    ),
    "no Python": (
        change(STORY, "assert one == 1", "assert (one == 1"),
        f"{STORY}:9: does not parse: '(' was never closed; mend it",
    ),
    # steps
    "steps of no story": (
        both('story="chapter/one_thing.py"', 'story="chapter/other.py"'),
        f"{EN}:21: steps through 'chapter/other.py', which is no story: "
        "name one below snippets/, such as start/three_calls.py",
    ),
    "steps that were not recorded": (
        remove(RECORDING),
        f"{STORY}: has no recording: run make record STORY=chapter/one_thing.py",
    ),
    "steps of a story that is not recorded": (
        change(STORY, "one = 1", "# not recorded: threads\none = 1"),
        f"{EN}:21: steps through chapter/one_thing.py, which is not recorded: show its blocks instead",
    ),
    "steps that open nowhere": (
        both('one_thing.py"\n```\n\n|', 'one_thing.py" open="flush()"\n```\n\n|'),
        f"{EN}:21: opens at 'flush()', which no line of chapter/one_thing.py says: mend open",
    ),
    "steps twice": (add(STEPS), f"{EN}:28: steps through chapter/one_thing.py a second time: delete one"),
    "a long story without its steps": (
        each(change(STORY, "assert one == 1\n", "assert one == 1\n" * 7), both(STEPS, "")),
        f"{EN}:17: shows chapter/one_thing.py, a story of 7 lines, without its steps: "
        'write a fence ```steps story="chapter/one_thing.py" (only 6 lines or fewer do without)',
    ),
    "a server that the page does not name": (
        change(STORY, "one = 1", "# needs postgresql\none = 1"),
        f"{EN}: shows chapter/one_thing.py, which needs postgresql, and does not say so: name PostgreSQL",
    ),
    # drawings and messages
    "a table that there is not": (add('```table name="nothing"\n```'), f"{EN}:28: there is no table 'nothing'"),
    "a message that nobody saw": (
        add("## Errors {#errors}\n\n| Message | Why |\n| --- | --- |\n| `no thing` | x |"),
        f"{EN}:32: no recording has the message 'no thing': show it in a story, or mend it",
    ),
    "an empty recording": (write(RECORDING, ""), f"{RECORDING}: cannot be read (it is empty): run make record"),
    "a broken recording": (
        write(RECORDING, '{"message"\n'),
        f"{RECORDING}: cannot be read (Expecting ':' delimiter: line 1 column 11 (char 10)): run make record",
    ),
    # translation
    "other ids": (
        change(ZH, "{#next}", "{#mehr}"),
        f"{ZH}: headings differ from {EN} ('mehr' here, 'next' there): same ids in the same order, please",
    ),
    "another include": (
        change(ZH, BLOCK, ""),
        f"{ZH}:17: includes of section 'next' differ from {EN}:13: "
        "[] here, ['chapter/one_thing.py:more'] there; make them equal",
    ),
    "another table": (
        change(ZH, "| 1 | 2 |\n", "| 1 | 2 |\n| 3 | 4 |\n"),
        f"{ZH}:17: tables of section 'next' differ from {EN}:13: [(3, 2)] here, [(2, 2)] there; make them equal",
    ),
    "another link": (
        change(ZH, "(#next)", "(#one-thing)"),
        f"{ZH}:9: links of section 'one-thing' differ from {EN}:5: "
        "['#one-thing'] here, ['#next'] there; make them equal",
    ),
    "another item": (
        change(ZH, "还有更多内容。", "- 还有更多内容。"),
        f"{ZH}:17: list items of section 'next' differ from {EN}:13: 1 here, 0 there; make them equal",
    ),
    "two paragraphs more": (
        change(ZH, "还有更多内容。", "还有。\n\n还有。\n\n还有更多内容。"),
        f"{ZH}:17: paragraphs of section 'next' differ from {EN}:13: 3 here, 1 there; make them equal",
    ),
    "other code": (
        change(ZH, "还有更多内容。", "还有更多内容，见 `flush()`。"),
        f"{ZH}:17: inline code of section 'next' differ from {EN}:13: flush() here, no more there; make them equal",
    ),
    "English changed": (
        change(EN, "There is more of it.", "There is much more of it."),
        f"{ZH}:17: section 'next' was compared with an older English text: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md#next' "
        "(or 'make awaiting PAGE=chapter/one-thing.md#next' if you do not read this language)",
    ),
    "an English description changed": (
        change(EN, "A page about one thing.", "A page about something."),
        f"{ZH}:1: section 'front-matter' was compared with an older English text: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md#front-matter' "
        "(or 'make awaiting PAGE=chapter/one-thing.md#front-matter' if you do not read this language)",
    ),
    "Chinese changed alone": (
        change(ZH, "还有更多内容。", "没有更多内容。"),
        f"{ZH}:17: section 'next' was changed since it was compared with the English: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md#next'",
    ),
    "a section that was never compared": (
        add("## Last {#last}"),
        f"{ZH}:32: section 'last' was never compared with the English: compare the two, then run "
        "'make confirm PAGE=chapter/one-thing.md#last' "
        "(or 'make awaiting PAGE=chapter/one-thing.md#last' if you do not read this language)",
    ),
    "a section that is gone": (
        change(ZH, "translated:\n", "translated:\n  gone: 01234567 01234567\n"),
        f"{ZH}:1: section 'gone' is recorded but gone: run 'make confirm PAGE=chapter/one-thing.md#gone'",
    ),
    "a line of the record that cannot be read": (
        change(ZH, "translated:\n", "translated:\n  gone: yes\n"),
        f"{ZH}:4: 'gone: yes' is no line of a record (section: hash hash): delete it, then run make test",
    ),
    "a line of the record twice": (
        change(ZH, "translated:\n", "translated:\n  gone: 01234567 01234567\n  gone: 01234567 01234567\n"),
        f"{ZH}:5: 'gone' is recorded twice: delete one of the lines",
    ),
    # language
    "a sentence in English": (
        change(ZH, "还有更多内容。", "还有更多内容。This is still to be said here."),
        f"{ZH}:19: 'This is still to be said here' is still in English: translate it",
    ),
    "a cell in English": (
        change(ZH, "| 1 |", "| not loaded |"),
        f"{ZH}:30: 'not loaded' is still in English: translate it",
    ),
    "a heading in English": (
        change(ZH, "## 更多 ", "## More of the same "),
        f"{ZH}:17: 'More of the same' is still in English: translate it",
    ),
    "the title of a block in English": (
        add("/// note | What to do\n///"),
        f"{ZH}:32: 'What to do' is still in English: translate it",
    ),
    "a description in English": (
        change(ZH, "只讲一件事的页面。", "A page about one thing."),
        f"{ZH}:1: 'A page about one thing' is still in English: translate it",
    ),
    "a Traditional character": (
        change(ZH, "还有", "還有"),
        f"{ZH}:19: '還' is not written in docs/zh: write the form that is, such as 后 for 後",
    ),
    "English punctuation": (
        change(ZH, "还有更多内容。", "还有更多内容."),
        f"{ZH}:19: ends in English punctuation '.': write the full-width mark",
    ),
    # tests that are left out
    "a skipped test": (
        write("tests/test_key.py", "import pytest\n\n\n@pytest.mark.skip\ndef test_key():\n    assert False\n"),
        "tests/test_key.py:4: 'pytest.mark.skip' leaves out tests or warnings, and is not listed: remove it, or list",
    ),
    "a skip in the pages' tests": (
        write("docs/conftest.py", "import pytest\n\npytest.skip('all', allow_module_level=True)\n"),
        "docs/conftest.py:3: 'pytest.skip('all', allow_module_level=True)' leaves out tests or warnings",
    ),
    "an imported skip": (
        write("tests/test_key.py", "from pytest import skip as go_on\n\ngo_on('x')\n"),
        "tests/test_key.py:1: 'import skip' leaves out tests or warnings",
    ),
    "tests that are not collected": (
        write("conftest.py", "def pytest_ignore_collect(collection_path):\n    return True\n"),
        "conftest.py:1: 'def pytest_ignore_collect' leaves out tests or warnings",
    ),
    "a listed skip, twice": (
        each(
            write("tests/skips.toml", '"tests/test_key.py" = ["pytest.skip(\'x\')"]\n'),
            write("tests/test_key.py", "import pytest\n\npytest.skip('x')\npytest.skip('x')\n"),
        ),
        "tests/test_key.py:4: 'pytest.skip('x')' leaves out tests or warnings",
    ),
    "a listed skip that is gone": (
        each(
            write("tests/skips.toml", '"tests/test_key.py" = ["pytest.skip(\'x\')"]\n'),
            write("tests/test_key.py", "import pytest\n"),
        ),
        "tests/skips.toml: lists 'pytest.skip('x')' of tests/test_key.py, which has it no longer: delete that",
    ),
    "a listed file that is gone": (
        write("tests/skips.toml", '"tests/test_key.py" = []\n'),
        "tests/skips.toml: lists tests/test_key.py, which is gone: delete that",
    ),
    "no list of skips": (remove("tests/skips.toml"), "tests/skips.toml: cannot be read ("),
    "a list of skips that is none": (
        write("tests/skips.toml", "x = 1\n"),
        "tests/skips.toml: holds something else than lists of lines by file: mend it",
    ),
    "a test that is no Python": (write("tests/test_key.py", "def\n"), "tests/test_key.py:1: is no Python ("),
    "warnings that fail no test": (
        change("pyproject.toml", '    "error",\n', ""),
        "pyproject.toml: tells pytest 'filterwarnings' otherwise than tools/checks/skips.py: put it back",
    ),
    "fewer tests": (
        change("pyproject.toml", 'testpaths = ["docs/en", "tests"]', 'testpaths = ["docs/en"]'),
        "pyproject.toml: tells pytest 'testpaths' otherwise than tools/checks/skips.py: put it back",
    ),
    "no settings of the tests": (
        change("pyproject.toml", "[tool.pytest.ini_options]", "[tool.other]"),
        "pyproject.toml: does not tell pytest what to do (KeyError('pytest')): restore [tool.pytest.ini_options]",
    ),
    "other settings of the tests": (
        write("pytest.ini", "[pytest]\n"),
        "pytest.ini: would take the place of pyproject.toml: delete it",
    ),
    # locks
    "a requirement that is not in the lock": (
        change("requirements.in", "two==", "nothing==1.0  # why\ntwo=="),
        "requirements.in:2: nothing is not in requirements.txt: run make lock",
    ),
    "a requirement of another version": (
        change("requirements.in", "two==1.0", "two==1.1"),
        "requirements.in:2: two is 1.1 here and 1.0 in requirements.txt: run make lock",
    ),
    "a requirement of no exact version": (
        change("requirements.in", "two==1.0", "two>=1"),
        "requirements.in:2: two has no exact version: write two==… and run make lock",
    ),
    "a requirement without a reason": (
        change("requirements.in", "two==1.0  # why", "two==1.0"),
        "requirements.in:2: two has no reason: say behind a # what we need it for",
    ),
    "a requirement from an address": (
        change("requirements.in", "two==1.0", "two @ https://two.example/two.whl"),
        "requirements.in:2: 'two @ https://two.example/two.whl  # why' is no package with a version: an address",
    ),
    "another index": (
        change("requirements.txt", "two==", "--index-url https://index.example\ntwo=="),
        "requirements.txt:7: '--index-url https://index.example' is no package with a version: an address or an option",
    ),
    "a package that nobody named": (
        change("requirements.in", "one==1.0  # why\n", ""),
        "requirements.txt:1: holds one, which its .in file does not name: run make lock",
    ),
    "a package that nothing needs": (
        change(".ci/attest.txt", "signer==", f"aaa==1.0 \\\n    --hash=sha256:{'0' * 64}\nsigner=="),
        ".ci/attest.txt:1: holds aaa, which nothing needs: run make lock",
    ),
    "a package without a hash": (
        change(".ci/attest.txt", "signer==", "aaa==1.0\n    # via signer\nsigner=="),
        ".ci/attest.txt:1: aaa has no hash: run make lock",
    ),
    "no lock": (remove(".ci/attest.txt"), ".ci/attest.txt: or what it is made from cannot be read ("),
    # workflows
    "a workflow that is no YAML": (
        change(TESTS, "jobs:", "jobs: ["),
        f"{TESTS}: is no YAML (line ",
    ),
    "a workflow without jobs": (write(TESTS, "name: x\n"), f"{TESTS}: has no jobs with steps: mend it"),
    "no workflow": (remove(TESTS), f"{TESTS}: is missing: restore it, or take its name out of tools/checks/workflows"),
    "another workflow": (
        write(".github/workflows/other.yaml", "name: x\n"),
        ".github/workflows/other.yaml: is a workflow that nobody knows: delete it, or list it in tools/checks",
    ),
    "a workflow that runs seldom": (
        change(TESTS, "  pull_request:\n", "  pull_request:\n    paths: [docs/**]\n"),
        f"{TESTS}: runs 'on' other events than tools/checks/workflows.py says: make the two agree",
    ),
    "a right too many": (
        change(PUBLISH, "contents: read  # to check out\n    env", "contents: write\n    env"),
        f"{PUBLISH}: job 'databases' has permissions {{'contents': 'write'}}, not {{'contents': 'read'}}: mend it",
    ),
    "rights for all jobs": (
        change(TESTS, "permissions: {}", "permissions: write-all"),
        f"{TESTS}: gives every job permissions: write 'permissions: {{}}' above the jobs",
    ),
    "a job without a time limit": (
        change(TESTS, "    timeout-minutes: 15\n", ""),
        f"{TESTS}: job 'site' has no time limit: give it timeout-minutes",
    ),
    "a machine of somebody's": (
        change(TESTS, "ubuntu-latest", "self-hosted"),
        f"{TESTS}: job 'site' does not run on ubuntu-latest: let it",
    ),
    "an action that may change": (
        pattern(TESTS, r"actions/checkout@\w+", "actions/checkout@v7"),
        f"{TESTS}: job 'tests', step 1 uses actions/checkout@v7, which may change: pin it by its commit",
    ),
    "an action of a stranger": (
        change(TESTS, "actions/checkout@", "somebody/checkout@"),
        f"{TESTS}: job 'tests', step 1 uses an action of 'somebody', whom we do not know: do without, or allow it",
    ),
    "another code checked out": (
        change(TESTS, "persist-credentials: false", "persist-credentials: false\n          ref: other"),
        f"{TESTS}: job 'tests', step 1, with has 'ref', which may hide a failure or run elsewhere: remove it",
    ),
    "a cache in publishing": (
        change(
            PUBLISH, '          python-version: "3.13"\n      - name: Test', "          cache: pip\n      - name: Test"
        ),
        f"{PUBLISH}: job 'build', step 2 caches: what is published is installed anew, so remove that",
    ),
    "a failure that is hidden": (
        change(TESTS, "        run: make check", "        run: make check\n        continue-on-error: true"),
        f"{TESTS}: job 'browser', step 5 has 'continue-on-error', which may hide a failure or run elsewhere: remove it",
    ),
    "a step that runs sometimes": (
        change(TESTS, "        run: make check", "        run: make check\n        if: false"),
        f"{TESTS}: job 'browser', step 5 has 'if', which may hide a failure or run elsewhere: remove it",
    ),
    "a variable of pytest": (
        change(
            TESTS, "        run: make check", "        run: make check\n        env:\n          PYTEST_ADDOPTS: -k x"
        ),
        f"{TESTS}: job 'browser', step 5 sets PYTEST_ADDOPTS, which may change what is run: remove it, or allow it",
    ),
    "a step that is gone": (
        change(TESTS, "        run: make check", "        run: make help"),
        f"{TESTS}: no longer runs 'make check': put the step back, or change it in tools/checks/workflows.py, too",
    ),
    "a program from elsewhere": (
        change(TESTS, "run: make check", "run: curl https://x.example/install"),
        f"{TESTS}: job 'browser', step 5 runs 'curl https://x.example/install': let make run it, or allow the program",
    ),
    "a program piped into a shell": (
        change(TESTS, "run: make check", "run: make help | bash"),
        f"{TESTS}: job 'browser', step 5 joins commands in 'make help | bash': let make run them, or write a line for",
    ),
    "a failure that is passed over": (
        change(TESTS, "run: make check", "run: make check || true"),
        f"{TESTS}: job 'browser', step 5 joins commands in 'make check || true': let make run them, or write a line",
    ),
    "publishing that does not wait": (
        change(PUBLISH, "needs: [build, databases, browser]", "needs: build"),
        f"{PUBLISH}: job 'deploy' publishes without waiting for 'databases': add it to its needs",
    ),
    "code with the right to publish": (
        change(
            PUBLISH, "      - name: Deploy to", "      - name: More\n        run: make site\n      - name: Deploy to"
        ),
        f"{PUBLISH}: job 'deploy' runs our code with the right to publish: move that into another job",
    ),
    # make's commands
    "a command that does less": (
        change("Makefile", "\t$(BIN)/ruff check\n", ""),
        "Makefile: 'check' no longer says '$(BIN)/ruff check': put it back, or change it in tools/checks/workflows.py",
    ),
    "a command whose failure is passed over": (
        change("Makefile", "\t$(BIN)/pytest $(ALL_CORES)\n", "\t-$(BIN)/pytest $(ALL_CORES)\n"),
        "Makefile: 'test' no longer says '$(BIN)/pytest $(ALL_CORES)': put it back, or change it in tools/checks",
    ),
    "tests that are chosen": (
        change("Makefile", "--dist loadfile", "--dist loadfile -k x"),
        "Makefile: no longer says 'ALL_CORES = -n auto --dist loadfile': put it back, or change it in tools/checks",
    ),
    "a command twice": (
        change("Makefile", ".PHONY:", "test:\n\ttrue\n\n.PHONY:"),
        "Makefile: 'test' is there twice, and make takes the last: delete one",
    ),
    "all failures passed over": (
        change("Makefile", "BIN = .venv/bin", "BIN = .venv/bin\nMAKEFLAGS += -i"),
        "Makefile:4: sets MAKEFLAGS, which changes what every command does: remove it",
    ),
    "a script that does less": (
        change(".ci/run", "make check\n", "make check || true\n"),
        ".ci/run: no longer says 'make check': put it back, or change it in tools/checks/workflows.py, too",
    ),
    "no Makefile": (remove("Makefile"), "Makefile: cannot be read ("),
    # updates
    "images that nobody updates": (
        change(".github/dependabot.yml", "docker-compose", "docker"),
        ".github/dependabot.yml: does not update 'docker-compose': add it to updates",
    ),
    "no updates": (remove(".github/dependabot.yml"), ".github/dependabot.yml: is missing: mend it"),
    "an image that may change": (
        pattern(".ci/compose.yml", "image: postgres:.*", "image: postgres:17"),
        ".ci/compose.yml: service 'postgresql' has no pinned image: write name:version@sha256:…",
    ),
    "servers that are no YAML": (write(".ci/compose.yml", "["), ".ci/compose.yml: is no YAML (line 1): mend it"),
}
