"""Built pages hold the elements, attributes and inline scripts of two lists, and nothing else."""

import pytest

from tools.site import allowed_html, playground

REFUSED = {
    "<iframe src=x></iframe>": "holds <iframe>, which is not allowed",
    "<img src=x.svg onerror=x()>": "holds <img onerror>, which is not allowed",
    "<p/onclick=x()>": "holds <p onclick>, which is not allowed",
    '<p style="color: red">': "holds <p style>, which is not allowed",
    "<form action=x>": "holds <form action>, which is not allowed",
    "<meta http-equiv=refresh content=0>": "holds <meta http-equiv='refresh'>, which is not allowed",
    '<script src="https://x.example/x.js"></script>': "holds <script src='https://x.example/x.js'>",
    '<script src="../x.js"></script>': "holds <script src='../x.js'>",
    "<script>x()</script>": "holds an inline script that is not the theme's, 'x()'",
    "<SCRIPT data-json>x()</SCRIPT >": "holds an inline script that is not the theme's, 'x()'",
    '<script data-src="x">x()</script>': "holds an inline script that is not the theme's, 'x()'",
    '<a href="javascript:x()">': "links to 'javascript:x()': write an address that begins with https://",
    '<a href=" java&#115;cript:x()">': "links to ' javascript:x()'",
    '<a title="x>': "holds a tag that does not end",
}


@pytest.mark.parametrize("html", REFUSED)
def test_what_is_not_allowed_is_one_line(html):
    (problem,) = allowed_html.problems(html)
    assert problem.startswith(REFUSED[html]) and "\n" not in problem and ": " in problem
    assert allowed_html.hashes(html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p class="lead" aria-hidden="true" data-x="<b onclick=x>">1 &lt; 2 < 3</p>',
        "<!-- <iframe> -->",
        '<script type="application/json">{"a": "<iframe>"}</script>',
        '<script src="../../assets/site.js" defer></script>',
        '<a href="../x/#y"><a href="https://x.example/"><a href="mailto:x@x.example">',
        '<a href="x?y=a:b">',
    ],
)
def test_what_is_allowed(html):
    assert allowed_html.problems(html) == []


@pytest.mark.parametrize("way", [".", "..", "../../..", "/", "/session/zh/"])
def test_a_script_of_the_theme_may_name_the_way_to_the_first_page(way):
    line = next(line for line in allowed_html.SCRIPTS.read_text("utf-8").splitlines() if allowed_html.SCOPE in line)
    html = f"<script>{line.replace(allowed_html.SCOPE, way)}</script>"
    assert allowed_html.problems(html) == [] and len(allowed_html.hashes(html)) == 1
    assert allowed_html.problems(html.replace(way, f'{way}");x("', 1))


def test_every_page_holds_what_is_allowed_and_every_entry_is_needed(site):
    pages = [path.read_text("utf-8") for path in site.rglob("*.html") if path != site / playground.FRAME]
    assert [problem for html in pages for problem in allowed_html.problems(html)] == []
    for line in allowed_html.SCRIPTS.read_text("utf-8").splitlines():
        code = line.partition(allowed_html.SCOPE)[2] or line
        assert any(code in html for html in pages), f"delete the script that no page has: {line[:60]}"
