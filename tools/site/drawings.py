"""What the fences of a page become, as the extension asks for it: steppers, tables, maps, questions, blocks of code."""

from html import escape

from tools.tables import registry
from tracer.markup import code


def fences(language: str, page: str) -> list[dict[str, object]]:
    """The custom fences of pymdownx.superfences that draw what programs have computed or recorded.

    `page` is the page's name inside its language, such as `states/five-states.md`.
    """
    return registry.fences(language, page)


def table_lines(name: str, language: str, page: str, text: str) -> list[str] | None:
    """The Markdown lines of a proven table, or None for a table that the fence draws. `text`: the page's Markdown."""
    return registry.markdown(name, language, page, text)


def code_fences() -> list[dict[str, object]]:
    """The custom fences for blocks of Python: in color as in the steppers, and `plain`."""
    return [
        {"name": "python", "class": "highlight", "format": _python},
        {"name": "plain", "class": "highlight", "format": _plain},
    ]


def _python(source, language, css_class, options, md, **kwargs) -> str:
    return _block(code(source.strip("\n")), css_class)


def _plain(source, language, css_class, options, md, **kwargs) -> str:
    return _block(escape(source.strip("\n"), quote=False), css_class)


def _block(colored: str, css_class: str) -> str:
    return f'<div class="language-python {css_class}"><pre><code>{colored}\n</code></pre></div>'
