"""The playground: programs run in the browser, end in words, are shared, and leave nothing behind."""

import hashlib
import re

import pytest

from tests.browser.conftest import listen
from tests.browser.playground_pages import HEAD, RESULT, SAVE, Playground, needed
from tools.commands import playground as command
from tools.content import locale
from tools.site import playground

pytestmark = pytest.mark.skipif(bool(needed()), reason=needed())

LOOP = "while True:\n    session.execute(text('select 1'))\n"
# Each program, what is said of it (a key of the words, or more), and how many steps there are (None: some).
MESSAGES = {
    "a syntax error": ("x = 1\nif x\n    print(x)\n", "error syntax", 0),
    "no Session": ("print('hello')\n", "no session", 0),
    "an exception": (HEAD + SAVE + SAVE, "error error", None),
    "an exit": (HEAD + SAVE + "raise SystemExit(3)\n", "error exit", None),
    "input": ("name = input('Your name? ')\n", "error input", 0),
    "a module": ("import numpy\n", "error module", 0),
    "PostgreSQL": (
        "from sqlalchemy import create_engine\ncreate_engine('postgresql+psycopg://me@localhost/x')\n",
        "error driver",
        0,
    ),
    "MySQL": (
        "from sqlalchemy import create_engine\ncreate_engine('mysql+pymysql://me@localhost/x')\n",
        "error driver",
        0,
    ),
    "a thread": ("import threading\nthreading.Thread(target=print).start()\n", "error thread", 0),
    "asyncio": (
        "import asyncio\nfrom sqlalchemy.ext.asyncio import create_async_engine\n"
        "async def main():\n    async with create_async_engine('sqlite+aiosqlite:///x.db').connect(): pass\n"
        "asyncio.run(main())\n",
        "error asyncio",
        0,
    ),
    "memory": ("x = []\nwhile True:\n    x.append(bytearray(50_000_000))\n", "error memory", 0),
}
SLOW = {
    "an endless loop": (HEAD + SAVE + LOOP, "error time", None),
    "an endless loop without a Session": (
        "while True:\n    try:\n        x = 1\n    except:\n        pass\n",
        "error time without steps",
        0,
    ),
    "a statement that does not end": ("while True: pass\n", "limit", 0),
    "a number that does not end": ("print(10 ** 10 ** 10)\n", "limit", 0),
}
LANGUAGES = {"en": "", "zh": "zh/"}


@pytest.fixture(scope="module")
def opened(chromium, address):
    """The page in each language, which keeps its Python between tests: opened(language)."""
    pages = {}

    def get(language: str) -> Playground:
        if language not in pages:
            context = chromium.new_context(viewport={"width": 1280, "height": 720})
            page = listen(context.new_page())
            page.goto(f"{address}/{LANGUAGES[language]}play/")
            page.wait_for_selector(".playground .run:enabled")
            pages[language] = Playground(page)
        return pages[language]

    yield get
    for one in pages.values():
        one.page.context.close()


def pattern(language: str, key: str) -> re.Pattern:
    """What matches a message, whatever is filled in."""
    parts = re.split(r"\{\w+\}", locale.words(language, "playground")[key])
    return re.compile(".+".join(map(re.escape, parts)))


@pytest.mark.time_limit(120)
def test_nothing_is_fetched_before_the_first_run_nor_from_elsewhere(chromium, address):
    context = chromium.new_context()
    page = listen(context.new_page())
    page.goto(f"{address}/play/")
    page.wait_for_selector(".playground .run:enabled")
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.requests if ".pack" in url or "frame" in url]
    assert re.search(r"\d\.\d MB", page.inner_text(".playground .run"))
    one = Playground(page)
    one.run()
    assert (one.steps(), page.complaints) == (6, [])
    assert page.locator(f"{RESULT} .stepper .ui svg").count() >= 1
    assert all(url.startswith((address, "blob:")) for url in page.requests), page.requests
    first = {url for url in page.requests if url.endswith(".pack")}
    assert len(first) == 3
    page.wait_for_timeout(1500)  # in which it keeps the memory of Python
    page.requests.clear()
    page.reload()
    page.wait_for_selector(".playground .run:enabled")
    one.run()
    assert (one.steps(), [url for url in page.requests if ".pack" in url]) == (6, [])
    context.set_offline(True)
    assert one.run(HEAD + SAVE) == "3 steps."
    page.reload()  # the service worker has the page, and the page has kept the rest
    page.wait_for_selector(".playground .run:enabled")
    assert one.run(HEAD + SAVE) == "3 steps."
    context.close()


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_has_its_message(opened, language, name):
    program, key, steps = MESSAGES[name]
    one = opened(language)
    said = one.run(program)
    assert pattern(language, key).search(said), said
    assert one.steps() == steps if steps is not None else one.steps() > 2


@pytest.mark.parametrize("name", SLOW)
def test_what_does_not_end_is_ended(opened, name):
    program, key, steps = SLOW[name]
    one = opened("en")
    said = one.run(program)
    assert pattern("en", key).search(said), said
    assert one.steps() == steps if steps is not None else one.steps() > 2


def test_a_run_can_be_stopped_and_the_next_one_runs(opened):
    one = opened("en")
    one.write("while True: pass\n")
    one.start()
    one.page.wait_for_timeout(300)
    one.page.click(".playground .run")
    one.end()
    assert one.said() == locale.words("en", "playground")["stopped"]
    assert one.run(HEAD + SAVE) == "3 steps."


def test_python_that_ends_itself_is_started_anew(opened):
    one = opened("en")
    assert pattern("en", "died").search(one.run("import os\nos._exit(1)\n"))
    assert one.run(HEAD + SAVE) == "3 steps."


def test_only_the_frames_of_the_program_are_told(opened):
    one = opened("en")
    one.run(HEAD + "def save():\n" + "".join(f"    {line}\n" for line in SAVE.splitlines()) + "save()\nsave()\n")
    lines = one.text(".traceback").splitlines()
    assert lines[0].startswith("line 16, in <module>: save()") and lines[1].startswith("line 14, in save: ")
    assert "IntegrityError" in lines[2]
    one.page.click(f"{RESULT} .failed button")
    area = "document.querySelector('.playground textarea')"
    chosen = one.page.evaluate(f"{area}.value.slice({area}.selectionStart, {area}.selectionEnd)")
    assert chosen == "    session.commit()"


def test_output_is_cut_and_stderr_shown(opened):
    one = opened("en")
    one.run(HEAD + SAVE + "import sys\nprint('x' * 3_000_000)\nprint('careful', file=sys.stderr)\n")
    boxes = [element.inner_text() for element in one.page.query_selector_all(f"{RESULT} .box")]
    assert "3000001 characters in all" in boxes[0] and len(boxes[0]) < 21_000
    assert boxes[1].rstrip().endswith("careful")


def test_checked_comments_are_checked(opened):
    one = opened("en")
    one.run(HEAD + SAVE + "#> INSERT book\n")
    assert "INSERT book" in one.text(".box pre")


def test_nothing_of_a_run_is_left_for_the_next(opened):
    one = opened("en")
    listener = "from sqlalchemy import event\n@event.listens_for(Session, 'after_flush')\ndef say(*_): print('heard')\n"
    one.run(HEAD + listener + SAVE + "open('left.txt', 'w').close()\nimport random\nprint(random.random())\n")
    first = one.text(".box pre")
    one.run(HEAD + SAVE + "import os, random\nprint(os.listdir('.'))\nprint(random.random())\n")
    second = one.text(".box pre")
    assert "heard" in first and "heard" not in second and "left.txt" not in second
    assert first.split()[-1] != second.split()[-1], "random numbers are the same in each run"


def test_memory_does_not_grow(opened):
    one = opened("en")
    found = []
    one.page.evaluate("addEventListener('message', ({ data }) => { if (data.memory) globalThis.used = data.memory; })")
    one.page.evaluate("globalThis.drawn = []")
    for _ in range(8):
        one.run(HEAD + SAVE)
        found.append(one.page.evaluate("globalThis.used"))
        one.page.evaluate("drawn.push(new WeakRef(document.querySelector('.playground .stepper')))")
    assert len(set(found)) == 1, found
    one.page.context.new_cdp_session(one.page).send("HeapProfiler.collectGarbage")
    assert one.page.evaluate("drawn.filter((one) => one.deref()).length") <= 2, "the steppers of earlier runs are kept"


@pytest.mark.time_limit(180)
def test_the_same_sources_make_the_same_packs(tmp_path, monkeypatch):
    packs = playground.manifest()
    monkeypatch.setattr(playground, "PACKS", tmp_path)
    command._compile(playground.sources())
    made = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("*.pack")}
    assert made == {pack["file"]: pack["sha256"] for pack in packs.values()}


def test_flask_comes_when_it_is_imported(opened):
    one = opened("en")
    one.page.requests.clear()
    assert "steps." in one.run("import flask\n" + HEAD + SAVE)
    assert [url for url in one.page.requests if "/flask-" in url]


def test_tab_indents_and_leaves_after_escape(opened):
    page = opened("en").page
    page.fill(".playground textarea", "if x:")
    page.focus(".playground textarea")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("y")
    assert page.input_value(".playground textarea") == "if x:\n    y"
    page.keyboard.press("Tab")
    assert page.input_value(".playground textarea") == "if x:\n    y    "
    page.keyboard.press("Control+z")
    assert page.input_value(".playground textarea") == "if x:\n    y"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList[0]") == "run"


def test_a_program_goes_along_to_the_other_language(opened):
    page = opened("en").page
    page.fill(".playground textarea", "print('goes along')\n")
    page.click(".language-switch")
    page.wait_for_url("**/zh/play/**")
    page.wait_for_selector(".playground .run:enabled")
    assert page.input_value(".playground textarea") == "print('goes along')\n"
    page.go_back()
    page.wait_for_selector(".playground .run:enabled")


def test_a_story_opens_and_is_not_run(visit):
    page = visit("play/#story=errors/pending_rollback")
    for _ in range(100):  # the page's policy forbids what waits for a condition
        program = page.input_value(".playground textarea")
        if "IntegrityError" in program:
            break
        page.wait_for_timeout(100)
    assert "IntegrityError" in program and "--8<--" not in program
    assert not page.query_selector(f"{RESULT} > *") and not page.complaints


@pytest.mark.parametrize("link", ["#p=____", "#p=AAAA", "#story=no/such_story", "#story=../../secret"])
def test_a_link_that_holds_no_program_says_so(visit, link):
    page = visit(f"play/{link}")
    page.wait_for_selector(".playground .note:not([hidden])")
    assert page.inner_text(".playground .note") == locale.words("en", "playground")["bad link"]
