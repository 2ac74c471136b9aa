"""Text and code as Markdown says them."""

import re
from html import unescape

BREAKS = str.maketrans("", "", "\u00ad\u200b")  # where a long word may break
SPECIAL = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|&lt;")


def escaped(html: str) -> str:
    """Text of HTML, of which no sign means anything in Markdown. What is escaped in HTML remains so."""
    return SPECIAL.sub(r"\\\g<0>", html)


def plain(html: str) -> str:
    """Text of HTML as it reads, without the signs that say where a word may break."""
    return (unescape(html) if "&" in html else html).translate(BREAKS)


def code(text: str) -> str:
    """Text as inline code."""
    if "`" not in text:
        return f"`{text}`"
    marks = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return f"{marks} {text} {marks}"


def block(text: str, language: str = "python") -> str:
    """Text as a block of code."""
    return f"```{language}\n{text}\n```"
