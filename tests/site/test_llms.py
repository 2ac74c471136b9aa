"""llms.txt and llms-full.txt of each language."""

import re

import pytest

from tests.conftest import ADDRESS
from tools.content.pages import LANGUAGES
from tools.content.repository import Repository
from tools.site import addresses, settings

FULL = 1_600_000  # bytes: more fits into no program that reads


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_lists_every_page_with_what_it_answers(site, language):
    folder = site / settings.folder(language)
    text = (folder / "llms.txt").read_text("utf-8")
    lines = text.split("\n")
    assert lines[0].startswith("# ") and lines[2].startswith("> ")
    root = ADDRESS + settings.folder(language)
    listed = dict(re.findall(r"^- \[.*\]\((https://[^()\s]*index\.md)\): (.+)$", text, re.MULTILINE))
    for name, page in Repository().pages[language].items():
        assert listed.pop(f"{root}{addresses.folder(name)}index.md") == page.meta["description"]
    assert list(listed) == [f"{root}errors/index.md"], "llms.txt lists what is no page of the navigation"
    for other in set(LANGUAGES) - {language}:
        assert f"]({ADDRESS}{settings.folder(other)}llms.txt)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_full_text_holds_every_page_in_the_order_of_the_list(site, language):
    folder = site / settings.folder(language)
    full = (folder / "llms-full.txt").read_text("utf-8")
    size = len(full.encode())
    assert size < FULL, f"{size} bytes: leave steps out of llms-full.txt"
    assert f"({size // 1000} kB)" in (folder / "llms.txt").read_text("utf-8").replace("（", " (").replace("）", ")")
    at = 0
    listed = re.findall(r"\]\((https://[^()\s]*index\.md)\): ", (folder / "llms.txt").read_text("utf-8"))
    for address in listed:
        text = (site / address.removeprefix(ADDRESS)).read_text("utf-8")
        at = full.index(text, at)
