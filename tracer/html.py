"""Draw a recording as HTML: an annotated listing, complete without JavaScript and on paper.

The parts in `static/stepper/` turn the listing into a stepper and give both their looks. The markup is
frugal, because a page holds several stories. All there is:

    section.stepper#steps-NAME    of class short if it is; data-open: the stop where it opens, if a page says so
      p               title, number of steps, file
        ol
        li            a line that is no stop; data-l: its number
        li#steps-NAME-5    a stop: code, p (the sentence), ul (facts)
        li.w          words of their own: what was there at the start, and how it ended
      script          the data of the stepper (static/stepper/README.md), not run

A line that stands apart from the one above it is of class g. In code `i` is colored: k keyword, s string, m number,
c comment, nf a name that is defined.

Facts are `li`. What happened, in order: with data-c, on a connection (`b` verb and table, `i` a list of columns,
`var` a parameter, `small` the rest); `li.x` an exception or a warning. What there is now: with data-k, a thing by kind
and label: oAuthor#1 an object (o… those that are only counted), s1 a Session, c1 a connection, tauthor a table as
others see it (t*: why they cannot), p what was printed. The last item with a thing's key at or before a step tells its
whole condition then; `del` and `mark` are what that step changed, `s` what is expired, a class like pending a state.
An item of class gone ends its things, of which there may be several.
"""

from __future__ import annotations

import base64
import hashlib

from tracer import assets, locale
from tracer.listing import Listing
from tracer.markup import escape
from tracer.recording import Recording
from tracer.several_files import Sources


def render(
    recording: Recording,
    source: str,
    language: str = "en",
    name: str = "",
    opening: int = 0,
    program: str = "",
    library: str = "",
    sources: Sources | None = None,
) -> str:
    """The fragment for a page. `name` makes its ids unique there; by default the program's own name.

    `opening`: the stop, from 1, at which the stepper opens; 0 for the one at which most happens. `program`: what a
    reader may copy, by default the source; `library`: the file beside the script that stands before it there.
    `sources`: the text of each other file that steps name.
    """
    return Listing(recording, source, language, name, program, library, sources).section(opening)


def stops(recording: Recording, source: str) -> list[tuple[int, str]]:
    """The stops of the listing, in their order: the line of each, and its code."""
    listing = Listing(recording, source, "en", "")
    return [(step.lines[0], listing.code(step)) for step, *_ in listing.stops]


def page(recording: Recording, source: str, language: str = "en", sources: Sources | None = None) -> str:
    """A page that stands alone: nothing is fetched, and only its own script and styles are allowed.

    `sources`: the text of each other file that steps name.
    """
    style = (locale.folder("static") / "page.css").read_text("utf-8") + assets.style()
    said = assets.script((language,)) + assets.predict((language,))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(said)}; base-uri 'none'; form-action 'none'"
    )
    title = escape(recording.program)
    return (
        f'<!doctype html>\n<html lang="{locale.words(language)["tag"]}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n<main>\n<h1>{title}</h1>\n"
        f"{render(recording, source, language, sources=sources)}\n</main>\n<script>{said}</script>\n</html>\n"
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
