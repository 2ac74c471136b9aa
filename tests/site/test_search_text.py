"""What is searched: the text and the code of each section, and nothing else."""

from importlib.util import find_spec, module_from_spec

from tools.site import search_text
from tools.tables import registry

PAGE = (
    '<h1 id="page">Page<a class="headerlink" href="#page">¶</a></h1>\n<p>A &quot;b&quot; &lt;c&gt;.</p>\n'
    '<h2 id="one">One <code class="x">a()</code><a class="headerlink" href="#one">¶</a></h2>\n'
    "<table>\n<tr>\n<td>left</td>\n<td>right</td>\n</tr>\n</table>"
    '<div><p class="lead">See\n<a href="x">this</a>.</p></div>'
    '<details class="setup"><pre>import os</pre></details>'
    '<section class="stepper" id="steps"><p>Nothing is sent.</p></section>'
    "<pre><code><i class=k>if</i> one:\n    two\n\nthree</code></pre>"
)


def test_a_page_is_cut_into_sections():
    parser = search_text.Parser()
    parser.feed(PAGE)
    parser.close()
    page, one = parser.data
    assert (page.id, page.title, page.text) == (None, ["Page"], [' <p>A "b" &lt;c&gt;.</p> '])
    assert (one.id, one.title) == ("one", ["One <code>a()</code>"])
    text = " left right <p>See this.</p><pre><code>if one:\n    two\n\nthree</code></pre>"
    assert one.text == [text]


def test_it_reads_what_the_themes_own_parser_reads():
    spec = find_spec("material.plugins.search.plugin")
    theirs = module_from_spec(spec)  # a copy of its own: that of the builds has our parser in its place
    spec.loader.exec_module(theirs)
    read = []
    for parser in (search_text.Parser(), theirs.Parser()):
        parser.feed(PAGE[: PAGE.index("<table>")])
        parser.close()
        sections = [(section.id, "".join(section.title), "".join(section.text)) for section in parser.data]
        assert not any(section.is_excluded() for section in parser.data)
        read.append([(anchor, title.strip(), text.strip()) for anchor, title, text in sections])
    assert read[0] == read[1]


def test_the_cells_of_the_state_matrix_and_its_questions_are_left_out():
    for name in ("matrix-filter", "matrix-marked"):
        html = registry.draw("table", name, "", "en", "reference/states.md")
        assert "session.add" not in search_text.searched(html).replace("<wbr>", "")
    question = registry.draw("predict", "marked-refresh marked-add", "Because.", "en", "states/quiz.md")
    assert search_text.searched(f"<p>a</p>{question}<p>b</p>") == "<p>a</p><p>b</p>"
