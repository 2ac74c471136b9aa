"""Give tables what Markdown cannot say (cells that head their rows, a frame in which they scroll), and names breaks.

The theme's script would add the frame, but only once it is there.
"""

import re

from markdown.postprocessors import Postprocessor

TABLE = re.compile("<table>.*?</table>", re.DOTALL)
FIRST = re.compile(r"<tr>\s*<td(?P<attributes>[^>]*)>(?P<cell>.*?)</td>", re.DOTALL)
TITLE = re.compile(r"(<h1[^>]*>)([^<]+)")  # of an error page, the name of a class is wider than a phone
CODE = re.compile(r"(?<=<code>)[^<]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[\w)][._(])(?=\w)")


class Frames(Postprocessor):
    """Frame every table that has no class. Its first cells head their rows; code and titles break between words."""

    priority = 5  # when drawn tables are in their places

    def run(self, text: str) -> str:
        titled = TITLE.sub(lambda title: title[1] + CAMEL.sub("<wbr>", title[2]), text)
        return TABLE.sub(_framed, titled)


def _framed(table: re.Match[str]) -> str:
    headed = FIRST.sub(r'<tr><th scope="row"\g<attributes>>\g<cell></th>', table[0])
    broken = CODE.sub(lambda code: BETWEEN_WORDS.sub("<wbr>", code[0]), headed)
    return f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{broken}</div></div>'
