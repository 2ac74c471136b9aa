"""What the built pages need beyond the theme: a security policy, labels, cheaply colored code, Chinese search."""

import base64
import functools
import hashlib
import os
import re
from pathlib import Path

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
SETUP = re.compile(r'<details class="setup">.*?</details>', re.DOTALL)
# What is drawn: code twice, and the same names of calls and errors in hundreds of cells.
DRAWN = re.compile(
    r'<section class="(?:stepper|cells|predict)".*?</section>|<form class="cell-filter".*?</form>', re.DOTALL
)
ANCHOR = re.compile(r'<(?:tr|tbody|section)[^>]* id="([^"]+)"')
# Names, operators and punctuation have the color of ink: a page needs no element for each of them.
PLAIN = re.compile(r'<span class="(?:n|o|p|w)">([^<]*)</span>')
SPAN = re.compile(r"</?span[^>]*>")
CHARSET = '<meta charset="utf-8">'
# The theme's search worker never looks at a query's last character (`<` where `<=` is meant), so that 会话 is
# searched as 会. Reported by others, not mended in 9.8.1.
WORKER_DEFECT = "o<t.length;o++)t.slice(s,o)in e"
WORKER_REPAIR = "o<=t.length;o++)t.slice(s,o)in e"


class ThemeChanged(Exception):
    """The theme no longer holds a text that we mend: one line that says which."""


def protect(html: str) -> str:
    """Add a content security policy that allows this site, and of inline scripts only those on this page.

    Styles that scripts set and the theme's data: icons stay allowed; nothing from anybody else is.
    """
    hashes = sorted(
        {
            "'sha256-" + base64.b64encode(hashlib.sha256(match["code"].encode()).digest()).decode() + "'"
            for match in SCRIPT.finditer(html)
            if "src=" not in match["attributes"] and "application/json" not in match["attributes"]
        }
    )
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {' '.join(hashes)}".strip(),
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    if CHARSET not in html:
        raise ThemeChanged(f"the theme's pages have no {CHARSET}: mend protect() in tools/built_pages.py")
    return html.replace(CHARSET, CHARSET + tag, 1)


def label(html: str, search: str) -> str:
    """Name the search dialog for screen readers (`search` is its name) and drop what HTML does not allow."""
    dialog = 'data-md-component="search" role="dialog"'
    html = html.replace(dialog, f'{dialog} aria-label="{search}"')
    html = html.replace(' tabindex=""', "")
    return re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)


def plain_setup(html: str) -> str:
    """Take the colors out of folded setup blocks, which are copied rather than read: they are half of a page."""
    return SETUP.sub(lambda setup: SPAN.sub("", setup[0]), html)


def for_search(html: str) -> str:
    """Return what search should read of a page: no folded setup, no code twice, no cells, and code without colors."""
    return SPAN.sub("", DRAWN.sub("", SETUP.sub("", html)))


def anchors(html: str) -> set[str]:
    """What links may lead to that no heading is: cells of drawn tables."""
    return set(ANCHOR.findall(html))


_lexer, _formatter = PythonLexer(), HtmlFormatter(nowrap=True)


@functools.cache
def _highlight_python(source: str) -> str:
    return PLAIN.sub(r"\1", highlight(source, _lexer, _formatter))


def format_python(source, language, css_class, options, md, **kwargs) -> str:
    """Color a Python block, as a custom fence of pymdownx.superfences.

    The same blocks stand on many pages, and in both languages: each is colored once.
    """
    code = _highlight_python(source)
    return f'<div class="language-python {css_class}"><pre><span></span><code>{code}</code></pre></div>'


class ThemeLoader(FileSystemLoader):
    """Lists no icons: mkdocs would ask of each of ten thousand whether it is a file to copy, and copies none."""

    def list_templates(self) -> list[str]:
        found = set()
        for root in self.searchpath:
            for folder, below, names in os.walk(root):
                below[:] = [name for name in below if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(found)


def quicken(env: Environment) -> Environment:
    """Let the theme's templates be found quickly, and compiled once for both languages and later builds.

    They are kept where jinja2 keeps such things, in a folder of one's own among the machine's temporary files.
    """
    env.loader = ThemeLoader(env.loader.searchpath)
    env.bytecode_cache = FileSystemBytecodeCache(pattern=f"{jinja2.__version__}-%s")
    return env


def mend_search_worker(script: str) -> str:
    """Return the theme's search worker with its defect in segmenting Chinese mended.

    Raises ThemeChanged where neither the defect nor the repair is found.
    """
    if WORKER_DEFECT not in script and WORKER_REPAIR not in script:
        raise ThemeChanged("the theme's search worker has changed: check Chinese search, then tools/built_pages.py")
    return script.replace(WORKER_DEFECT, WORKER_REPAIR)
