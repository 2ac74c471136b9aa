"""Say what is wrong with a page: a warning for whoever builds it, a bold line on the page for whoever reads it there.

Nothing is raised: `mkdocs build --strict` fails on the warning, and while pages are served the browser goes on.
"""

import logging
from dataclasses import dataclass
from html import escape

BUGS = (LookupError, TypeError, AttributeError, AssertionError)  # they say little without their names
log = logging.getLogger("mkdocs.plugins.session")  # a child of mkdocs' own, so that --strict counts what it says


@dataclass(frozen=True)
class Faults:
    """The faults of one page, which is named in front of each."""

    language: str
    page: str

    def report(self, error: Exception | str) -> str:
        """Warn of a fault in one line; return that line as HTML for the page."""
        named = f"{type(error).__name__}: {error}" if isinstance(error, BUGS) else str(error)
        what = " ".join(named.split())
        log.warning("docs/%s/%s: %s", self.language, self.page, what)
        return f"<p><strong>{escape(what, quote=False)}</strong></p>"

    def guard(self, fence: dict) -> dict:
        """A custom fence that says what keeps it from being drawn.

        Without this superfences would show the fence's text as code for most errors, and say nothing.
        """

        def validate(name, inputs, options, attrs, md) -> bool:
            try:
                return fence["validator"](name, inputs, options, attrs, md)
            except Exception as error:  # whatever it is, it is to be said
                options["fault"] = error
                return True

        def draw(source, name, css_class, options, md, **more) -> str:
            if "fault" in options:
                return self.report(options["fault"])
            try:
                return fence["format"](source, name, css_class, options, md, **more)
            except Exception as error:
                return self.report(error)

        return fence | {"validator": validate, "format": draw}
