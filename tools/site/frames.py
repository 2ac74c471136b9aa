"""Give tables what Markdown cannot say: cells that head their rows, and the frame in which they scroll.

The theme's script would add the frame, but only once it is there.
"""

import re

from markdown.postprocessors import Postprocessor

TABLE = re.compile("<table>.*?</table>", re.DOTALL)
FIRST = re.compile(r"<tr>\s*<td(?P<attributes>[^>]*)>(?P<cell>.*?)</td>", re.DOTALL)
CODE = re.compile(r"(?<=<code>)[^<]+")
BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[\w)][._(])(?=\w)")


class Frames(Postprocessor):
    """Frame every table that has no class. Its first cells head their rows; code breaks between the words of a name."""

    priority = 5  # when drawn tables are in their places

    def run(self, text: str) -> str:
        return TABLE.sub(_framed, text)


def _framed(table: re.Match[str]) -> str:
    headed = FIRST.sub(r'<tr><th scope="row"\g<attributes>>\g<cell></th>', table[0])
    broken = CODE.sub(lambda code: BETWEEN_WORDS.sub("<wbr>", code[0]), headed)
    return f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{broken}</div></div>'
