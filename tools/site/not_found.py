"""Let the 404 page of each language speak the others, too: a host shows one of them for all addresses.

Each is built with one `<section class="not-found" lang="…">`, of its own language; those of the others go behind it.
"""

import re
from pathlib import Path

NAME = "404.html"
SECTION = re.compile(r'<section class="not-found" lang="(?P<tag>[^"]+)".*?</section>', re.DOTALL)


def merge(folders: list[Path]) -> None:
    """Put the sections of all languages, one in each folder, on the 404 page of each. May be repeated. Raises OSError.

    A page without such a section is left as it is.
    """
    pages = {folder / NAME: (folder / NAME).read_text("utf-8") for folder in folders if (folder / NAME).is_file()}
    own = [section for html in pages.values() if (section := SECTION.search(html))]
    for path, html in pages.items():
        there = list(SECTION.finditer(html))
        if not there:
            continue
        tags = [section["tag"] for section in there]
        missing = [section[0] for section in own if section["tag"] not in tags]
        end = there[-1].end()
        path.write_text("\n".join([html[:end], *missing]) + html[end:], "utf-8")
