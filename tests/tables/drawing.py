"""What the tests of tables share: a table as a tree of elements, the folders, and their words."""

import xml.etree.ElementTree as ET

from tools.content.pages import LANGUAGES, Fence, Page
from tools.content.repository import ROOT, Repository
from tools.tables import registry
from tools.tables.folder import Folder
from tools.tables.table import TableError
from tools.tables.table_locale import Words

PAGE = "chapter/page.md"
FOLDERS = {folder.name: folder for folder in registry.computed()}
REPOSITORY = Repository()


def claimed(kind: str, name: str) -> bool:
    """Whether a folder draws a fence. A folder that cannot be read has a test of its own."""
    return any(not broken(folder) and folder.claims(kind, name) for folder in FOLDERS.values())


def broken(folder: Folder) -> str:
    """Why a folder's names cannot be listed; empty if they can."""
    try:
        for kind in ("table", "map", "predict"):
            list(folder.names(kind))
    except TableError as error:
        return str(error)
    return ""


def element(name: str, language: str, kind: str = "table", text: str = "") -> ET.Element:
    """What a fence draws, inside a <div>."""
    html = registry.draw(kind, name, text, language, PAGE)
    return ET.fromstring(f"<div>{html.replace('<wbr>', '').replace(' defer>', '>').replace(' hidden>', '>')}</div>")


def text(found: ET.Element) -> str:
    """All text, ends of lines where the table has them."""
    said = (found.text or "") + "".join(
        ("\n" if child.tag == "br" else text(child)) + (child.tail or "") for child in found
    )
    return said.replace("\u00ad", "")


def words(name: str, language: str) -> Words:
    """The words of a folder."""
    return Words(ROOT / "tables" / name / "table.toml", FOLDERS[name].settings, language)


def fences(language: str) -> list[tuple[Page, Fence]]:
    """All fences of pages that draw what programs of tables/ have computed."""
    found = []
    for page in REPOSITORY.pages[language].values():
        for fence in (fence for section in page.sections for fence in section.computed):
            if claimed(fence.language, fence.name):
                found.append((page, fence))
    return found


FENCES = {language: fences(language) for language in LANGUAGES}


def data(name: str):
    """What the program of a folder has computed. Not to be altered."""
    return Folder(ROOT / "tables" / name).data
