"""A story reaches its folder and its database, and nothing else. What is refused stands in tests/planted/reach.toml."""

import socket
import sqlite3
import threading
from pathlib import Path

import pytest

from tools.run import reach
from tools.run.sandbox import apart, run

POSTGRESQL = "postgresql+psycopg://127.0.0.1:5432/story"


@pytest.fixture
def ran(tmp_path):
    """What came of a story of the given lines: empty if it ran."""

    def told(text: str) -> str:
        story = tmp_path / "snippets" / "chapter" / "story.py"
        story.parent.mkdir(parents=True)
        story.write_text(text, "utf-8")
        ((_, result),) = apart(lambda program: run(program) or "", [story])
        return str(result)

    return told


@pytest.mark.parametrize(
    "text",
    [
        "open('mine.txt', 'w').write('x')",
        "import os; os.mkdir('mine'); os.rename('mine', 'other'); os.rmdir('other')",
        "open('/dev/null', 'w').close()",
        "print(len(open(__file__).read()))",
        "import sqlite3; sqlite3.connect(':memory:').close(); sqlite3.connect('mine.db').close()",
        "import sqlite3; sqlite3.connect('file:mine.db?mode=rwc', uri=True).close()",
        "import socket; one, two = socket.socketpair(); one.close(); two.close()",
        "import asyncio; asyncio.run(asyncio.sleep(0))",
        "import threading; one = threading.Thread(target=len, args=('',)); one.start(); one.join()",
        "# forks: a child does a part\n\n# --- story\nimport os; os.fork() or os._exit(0); os.wait()",
        "import this",  # which is compiled, and not written beside its source
    ],
)
def test_what_a_story_may_do(ran, text):
    assert ran(text) == ""


def test_what_a_story_catches_is_refused_all_the_same(ran):
    text = "try:\n    open('/x.txt', 'w')\nexcept BaseException:\n    pass\n"
    assert ran(text) == (
        "snippets/chapter/story.py:2: writes /x.txt, outside its folder: write to a relative path, or not at all"
    )


@pytest.mark.parametrize(
    ("asked", "server", "refused"),
    [
        (("127.0.0.1", 5432), POSTGRESQL, False),
        (("127.0.0.1", 80), POSTGRESQL, True),
        (("192.0.2.1", 5432), POSTGRESQL, True),
        (("127.0.0.1", 3306), "mariadb+pymysql://root@127.0.0.1/", False),
        ("/run/postgresql/.s.PGSQL.5432", "postgresql+psycopg:///story", False),
        ("/run/postgresql/.s.PGSQL.5432", None, True),
        (("127.0.0.1", 5432), "sqlite:///x.db", True),
    ],
)
def test_the_server_of_the_database_may_be_asked(asked, server, refused):
    hosts, port = reach._address(server)
    assert bool(reach._refused("socket.connect", (None, asked), [Path()], hosts, port)) == refused


def test_the_process_goes_on_as_before(tmp_path):
    """The hook itself stays for good: it must not hinder what follows."""
    (tmp_path / "story.py").write_text("")
    with reach.confined(tmp_path / "story.py", tmp_path, None):
        sqlite3.connect(":memory:").close()
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
    (tmp_path / "x").write_text("x")
    assert threading.active_count() >= 1


@pytest.mark.parametrize(
    ("printed", "what"),
    [
        ("7", ""),
        ("2026", ""),
        ("<now>", "the time"),
        ("1 machine", "the machine's name"),
        ("secret", "the environment"),
    ],
)
def test_what_differs_elsewhere_is_known_again(monkeypatch, printed, what):
    monkeypatch.setattr(socket, "gethostname", lambda: "machine")
    monkeypatch.setenv("TOKEN", "secret")
    assert reach.surroundings(printed, "").startswith(what) and bool(reach.surroundings(printed, "")) == bool(what)
    assert reach.surroundings(printed, f"print({printed!r})") == ("the time" if printed == "<now>" else "")


def test_a_story_that_fails_by_itself_says_so(ran):
    assert ran("assert False").startswith("snippets/chapter/story.py:1: AssertionError")
