"""Write beside the built pages of one language what readers other than browsers want."""

import json
from pathlib import Path
from urllib.parse import urljoin

from tools.content import locale
from tools.site import addresses, drawing_markdown, llms, markdown_export, table_links
from tools.site.addresses import Site
from tools.site.drawing_markdown import Drawing
from tools.site.page_texts import PageTexts


def write(site: Site, texts: PageTexts) -> None:
    """Write each page as Markdown, the data of each computed table as JSON, and llms.txt.

    Raises OSError, LocaleError.
    """
    words = locale.words(site.language, "markdown")
    pages = {}
    for name, page in texts.items():
        address = urljoin(site.address, addresses.folder(name))
        drawings = [_read(html, address, words["steps"]) for _, _, html in page.drawings]
        pages[name] = markdown_export.page_markdown(
            name, page.text, [drawing.markdown for drawing in drawings], site.address, words
        )
        _write(site.folder / addresses.folder(name) / "index.md", pages[name])
        for (kind, table, _), drawing in zip(page.drawings, drawings, strict=True):
            if kind == "table" and drawing.tables:
                data = {"name": table, "language": site.language, "page": address, "tables": drawing.tables}
                _write(
                    site.folder / table_links.file(table, site.language), json.dumps(data, ensure_ascii=False) + "\n"
                )
    for file, text in llms.files(site, pages, {name: page.description for name, page in texts.items()}):
        _write(site.folder / file, text)


def _read(html: str, address: str, steps: str) -> Drawing:
    return drawing_markdown.read(html, lambda href: urljoin(address, href), steps)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
