"""Less to download, and nothing else to see."""

import re

from tools import slim, steps
from tools.hooks import ASSETS


def test_indentation_goes_where_nobody_sees_it():
    code = "<pre><code>if one:\n    two</code></pre>"
    html = f"<ul>\n  <li>one\n  </li>\n\n</ul>\n{code}\n  <script>a;\n  b</script>\n"
    assert slim.page(html) == f"<ul>\n<li>one\n</li>\n</ul>\n{code}\n<script>a;\n  b</script>\n"


def test_comments_go_and_rules_stay(tmp_path):
    style, script = tmp_path / "one.css", tmp_path / "one.js"
    style.write_text("/* why */\n.a {\n  & small { color: light-dark(#fff, #000); }\n}\n")
    script.write_text("/* why */\nconst text = `a  b`; // why\n")
    assert slim.asset(style) == ".a{& small{color:light-dark(#fff,#000)}}"
    assert slim.asset(script) == "const text=`a  b`;"


def test_the_palette_keeps_what_the_site_uses(site):
    (palette,) = (site / "assets" / "stylesheets").glob("palette.*.css")
    css = palette.read_text("utf-8")
    assert "[data-md-color-scheme=slate]{" in css
    named = set(re.findall(r"data-md-color-(?:primary|accent)=([\w-]+)", css))
    assert named <= {"custom"}, f"{named} are not used: mend NAMED_COLOR in tools/slim.py"
    assert css.count("{") == css.count("}")


def test_every_asset_is_shipped_without_comments(site):
    assets = [*ASSETS.glob("*.css"), *ASSETS.glob("*.js"), *(steps.STATIC / name for name in steps.ASSETS)]
    for path in assets:
        for language in (site, site / "zh"):
            shipped = (language / "assets" / path.name).read_text("utf-8")
            assert shipped == slim.asset(path) and "/* " not in shipped
