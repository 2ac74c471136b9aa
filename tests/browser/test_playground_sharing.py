"""A program is shared by a link, as Markdown, as a file and as a page; a link is never run by itself."""

import base64
import random
import re
import string
import subprocess
import sys
import zlib

import pytest

from tests.browser.conftest import listen
from tests.browser.playground_pages import HEAD, RESULT, Playground, needed
from tools.content import locale
from tools.content.repository import ROOT

pytestmark = pytest.mark.skipif(bool(needed()), reason=needed())

WORDS = locale.words("en", "playground")
PROGRAM = HEAD + "session = Session(engine)\nsession.add(Author(name='乌苏拉 <&> `'))\nsession.commit()\nprint('```')\n"


def packed(text: bytes) -> str:
    deflated = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(deflated.compress(text) + deflated.flush()).decode().rstrip("=")


@pytest.fixture(scope="module")
def opened(chromium, address):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page = listen(context.new_page())
    page.goto(f"{address}/play/")
    page.wait_for_selector(".playground .run:enabled")
    yield Playground(page)
    context.close()


def copied(one: Playground, offer: str) -> str:
    one.page.click(f".playground .{offer}")
    one.page.wait_for_timeout(300)
    assert one.said() == WORDS["copied"]
    return one.page.evaluate("navigator.clipboard.readText()")


def downloaded(one: Playground, offer: str, folder) -> str:
    with one.page.expect_download() as download:
        one.page.click(f".playground .{offer}")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_text("utf-8")


@pytest.mark.time_limit(120)
def test_a_link_brings_program_and_step_and_runs_nothing(opened, visit):
    assert "steps." in opened.run(PROGRAM)
    opened.page.click(f"{RESULT} .bar .prev")
    step = opened.page.inner_text(f"{RESULT} .bar .number")
    link = copied(opened, "copy-link")
    assert re.search(r"#p=[\w-]+&step=\d+$", link)
    page = visit(link.split("/", 4)[4])
    page.wait_for_selector(".playground .note:not([hidden])")
    assert page.inner_text(".playground .note") == WORDS["shared"]
    assert page.input_value(".playground textarea") == PROGRAM
    page.wait_for_timeout(500)
    assert not page.query_selector(f"{RESULT} > *") and not [url for url in page.requests if ".pack" in url]
    other = Playground(page)
    other.run()
    assert page.inner_text(f"{RESULT} .bar .number") == step
    page.context.close()


def test_a_link_that_would_be_too_long_is_not_made(opened):
    letters = "".join(random.Random(1).choices(string.ascii_letters, k=20_000))
    opened.write(f"text = '{letters}'\n")
    opened.page.click(".playground .copy-link")
    opened.page.wait_for_timeout(300)
    assert re.fullmatch(r"The program is too long for a link \(\d+ characters, at most 8000\)\. .*", opened.said())


@pytest.mark.parametrize("content", [b"x" * 5_000_000, b"\xff\xfe\x00"], ids=["too much", "no text"])
def test_a_link_that_unfolds_to_something_else_is_refused(visit, content):
    page = visit(f"play/#p={packed(content)}")
    page.wait_for_selector(".playground .note:not([hidden])")
    assert page.inner_text(".playground .note") == WORDS["bad link"]
    assert len(page.input_value(".playground textarea")) < 5_000


def test_markdown_has_program_output_steps_and_link(opened):
    opened.run(PROGRAM)
    text = copied(opened, "copy-markdown")
    assert text.startswith(f"````python\n{PROGRAM}````\n")
    assert "Printed:\n\n````text\n```\n````" in text
    assert re.search(r"<details><summary>.*</summary>\n\n`{3,}text\n.*INSERT INTO author.*</details>", text, re.DOTALL)
    assert text.rstrip().endswith(")") and "[Open in the playground](http" in text


def test_a_program_that_is_kept_runs_elsewhere(opened, tmp_path):
    opened.write((ROOT / "snippets" / "start" / "three_calls.py").read_text("utf-8"))
    text = downloaded(opened, "save-program", tmp_path)
    assert "snippets" not in text
    run = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.time_limit(120)
def test_a_page_that_is_kept_works_without_network(opened, chromium, tmp_path):
    opened.run(PROGRAM)
    text = downloaded(opened, "save-page", tmp_path)
    assert "default-src 'none'" in text
    context = chromium.new_context(offline=True)
    page = listen(context.new_page())
    page.goto((tmp_path / "program.html").as_uri())
    page.locator(".ui svg").first.wait_for()
    page.click(".bar .prev")
    assert page.locator("ol > li[id]").count() == opened.steps()
    assert page.complaints == []
    context.close()


def test_a_page_needs_a_run(opened):
    opened.write("print('changed')\n")
    opened.page.click(".playground .save-page")
    opened.page.wait_for_timeout(200)
    assert opened.said().startswith(WORDS["nothing to save"])


def test_the_program_of_a_page_opens_there(visit):
    page = visit("start/first-session/")
    link = page.locator(".page-program a", has_text=WORDS["open"])
    link.click()
    page.wait_for_url("**/play/#p=*")
    page.wait_for_selector(".playground .note:not([hidden])")
    assert "class Author" in page.input_value(".playground textarea")


def test_a_story_leads_there(visit):
    page = visit("flush-and-commit/rollback/")
    page.locator(".open-playground a").first.click()
    page.wait_for_url("**/play/#story=flush_and_commit/*")
    page.wait_for_timeout(300)
    assert "from snippets.library import" in page.input_value(".playground textarea")
