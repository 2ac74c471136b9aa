"""What the built pages need beyond the theme: a security policy, labels, code, tables, templates, Chinese search."""

import base64
import hashlib
import os
import re
from html import escape
from pathlib import Path

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader

from tools.site import minify
from tracer.markup import code

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
SETUP_BLOCK = re.compile(r"^(///+) setup\b.*?^\1$", re.DOTALL | re.MULTILINE)
TABLE = re.compile("<table>.*?</table>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]+")
BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[\w)][._(])(?=\w)")
ANCHOR = re.compile(r'<(?:tr|tbody|section|li)[^>]* id="?([^" >]+)')
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
        raise ThemeChanged(f"the theme's pages have no {CHARSET}: mend protect() in tools/site/built_pages.py")
    return html.replace(CHARSET, CHARSET + tag, 1)


def label(html: str, search: str) -> str:
    """Name the search dialog for screen readers (`search` is its name) and drop what HTML does not allow."""
    dialog = 'data-md-component="search" role="dialog"'
    html = html.replace(dialog, f'{dialog} aria-label="{search}"')
    html = html.replace(' tabindex=""', "")
    return re.sub(r'(<input class="md-toggle"[^>]*) autocomplete="off"', r"\1", html)


def plain_setup(markdown: str) -> str:
    """Let folded setup blocks go without colors: they are copied rather than read, and half of a page."""
    return SETUP_BLOCK.sub(lambda setup: setup[0].replace("```python", "```plain"), markdown)


def wrap_tables(html: str) -> str:
    """Give tables the frame in which they scroll, which the theme's script would add only once it is there.

    On a phone their code breaks between the words of a name, not inside of one.
    """

    def wrap(table: re.Match[str]) -> str:
        broken = CODE.sub(lambda code: BETWEEN_WORDS.sub("<wbr>", code[0]), table[0])
        return f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{broken}</div></div>'

    return TABLE.sub(wrap, html)


def anchors(html: str) -> set[str]:
    """What links may lead to that no heading is: cells of drawn tables."""
    return set(ANCHOR.findall(html))


def format_python(source, language, css_class, options, md, **kwargs) -> str:
    """Color a Python block, as a custom fence of pymdownx.superfences: as in the steppers, and in no time."""
    return _block(code(source.strip("\n")), css_class)


def format_plain(source, language, css_class, options, md, **kwargs) -> str:
    """Show a Python block of the setup without colors, as a custom fence of pymdownx.superfences."""
    return _block(escape(source.strip("\n"), quote=False), css_class)


def _block(colored: str, css_class: str) -> str:
    return f'<div class="language-python {css_class}"><pre><code>{colored}\n</code></pre></div>'


class ThemeLoader(FileSystemLoader):
    """Slims templates, and lists no icons.

    mkdocs would ask of each of ten thousand icons whether it is a file to copy, and copies none.
    """

    def get_source(self, environment: Environment, template: str) -> tuple:
        source, *rest = super().get_source(environment, template)
        return minify.template(source), *rest

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
        raise ThemeChanged(
            "the theme's search worker has changed: check Chinese search, then tools/site/built_pages.py"
        )
    return script.replace(WORKER_DEFECT, WORKER_REPAIR)
