"""Give tables the frame in which they scroll, which the theme's script would add only once it is there."""

import re

from markdown.postprocessors import Postprocessor

TABLE = re.compile("<table>.*?</table>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]+")
BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[\w)][._(])(?=\w)")


class Frames(Postprocessor):
    """Frame every table that has no class, and let the code in it break between the words of a name."""

    priority = 5  # when drawn tables are in their places

    def run(self, text: str) -> str:
        return TABLE.sub(_framed, text)


def _framed(table: re.Match[str]) -> str:
    broken = CODE.sub(lambda code: BETWEEN_WORDS.sub("<wbr>", code[0]), table[0])
    return f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{broken}</div></div>'
