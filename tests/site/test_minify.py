"""Less to download, and nothing else to see."""

import re

from tools.site import minify
from tools.site.hooks import ASSETS
from tools.tables import stepper


def test_templates_lose_their_indentation_and_code_keeps_its_own(site):
    assert minify.template("<ul>\n  {% if one %}\n    <li>one</li>\n\n  {% endif %}\n</ul>") == (
        "<ul>{% if one %}\n<li>one</li>{% endif %}\n</ul>"
    )
    page = (site / "index.html").read_text("utf-8")
    assert not re.search(r"^ +<", page.partition("<article")[0], re.MULTILINE)
    assert "\n    " in page


def test_comments_go_and_rules_stay(tmp_path):
    style, script = tmp_path / "one.css", tmp_path / "one.js"
    style.write_text("/* why */\n.a {\n  & small { color: light-dark(#fff, #000); }\n}\n")
    script.write_text("/* why */\nconst text = `a  b`; // why\n")
    assert minify.asset(style) == ".a{& small{color:light-dark(#fff,#000)}}"
    assert minify.asset(script) == "const text=`a  b`;"


def test_the_palette_keeps_what_the_site_uses(site):
    (palette,) = (site / "assets" / "stylesheets").glob("palette.*.css")
    css = palette.read_text("utf-8")
    assert "[data-md-color-scheme=slate]{" in css
    named = set(re.findall(r"data-md-color-(?:primary|accent)=([\w-]+)", css))
    assert named <= {"custom"}, f"{named} are not used: mend NAMED_COLOR in tools/site/minify.py"
    assert css.count("{") == css.count("}")


def test_every_asset_is_shipped_without_comments(site):
    assets = [*ASSETS.glob("*.css"), *ASSETS.glob("*.js"), *(stepper.STATIC / name for name in stepper.ASSETS)]
    for path in assets:
        for language in (site, site / "zh"):
            shipped = (language / "assets" / path.name).read_text("utf-8")
            text = stepper.asset(path.name) if path.name in stepper.ASSETS else None
        assert shipped == minify.asset(path, text) and "/* " not in shipped
