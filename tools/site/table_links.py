"""Offer the data of each computed table as JSON: a link below the table. exports.py writes the files."""

from html import escape
from posixpath import relpath

from tools.content import locale
from tools.site.addresses import folder

FOLDER = "assets/tables"


def file(name: str, language: str) -> str:
    """The address of a table's JSON below its language's site."""
    return f"{FOLDER}/{name}.{language}.json"


def linked(fence: dict, language: str, page: str) -> dict:
    """A custom fence with a link below its last table; what holds none is as it was. Raises LocaleError."""

    def draw(source, kind, css_class, options, md, **more) -> str:
        html = fence["format"](source, kind, css_class, options, md, **more)
        tables, end, rest = html.rpartition("</table>")
        if kind != "table" or not end:
            return html
        address = relpath(f"/{file(options['name'], language)}", f"/{folder(page)}")
        words = escape(locale.words(language, "markdown")["json"])
        return f'{tables}{end}<p class="table-json"><a href="{address}">{words}</a></p>{rest}'

    return fence | {"format": draw}
