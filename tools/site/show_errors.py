"""While pages are served, let what is broken say so on its page: a build that fails would leave the browser waiting."""

import logging
from html import escape

from mkdocs.exceptions import BuildError

from tools.content.snippets import Include, SnippetError, parse_include
from tools.tables.table import TableError

log = logging.getLogger("mkdocs.plugins.session")


def patient(fence: dict) -> dict:
    """A fence that says what keeps it from being drawn, where the one given raises BuildError or TableError."""

    def validate(name, inputs, options, attrs, md) -> bool:
        try:
            return fence["validator"](name, inputs, options, attrs, md)
        except (BuildError, TableError) as error:
            options["broken"] = str(error)
            return True

    def render(source, name, css_class, options, md, **more) -> str:
        try:
            if "broken" in options:
                raise BuildError(options["broken"])
            return fence["format"](source, name, css_class, options, md, **more)
        except (BuildError, TableError) as error:
            log.warning(str(error))
            return f"<p><strong>{escape(str(error))}</strong></p>"

    return fence | {"validator": validate, "format": render}


def with_faults(markdown: str, faults: dict[Include, SnippetError]) -> str:
    """A page whose broken includes are comments that say what is wrong."""

    def said(line: str) -> str:
        include = parse_include(line)
        return f"# {faults[include].message}" if include in faults else line

    return "\n".join(map(said, markdown.splitlines())) if faults else markdown
