"""A block that is a `div` with a class."""

from markdown import Markdown

from tools.site.layout import LayoutExtension


def test_a_layout_holds_markdown_and_other_layouts():
    convert = Markdown(extensions=[LayoutExtension()]).convert
    text = "/// layout | split\n\n//// layout | column\n\n*one*\n\n////\n\ntwo\n\n///\n"
    html = convert(text).replace("\n", "")
    assert html == '<div class="split"><div class="column"><p><em>one</em></p></div><p>two</p></div>'
