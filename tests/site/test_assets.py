"""What is published beside the pages: style sheets and scripts without their comments."""

from tools.site import assets


def test_comments_go_and_rules_stay(tmp_path):
    style, script = tmp_path / "one.css", tmp_path / "one.js"
    style.write_text("/* why */\n.a {\n  & small { color: light-dark(#fff, #000); }\n}\n")
    script.write_text("/* why */\nconst text = `a  b`; // why\n")
    assert assets.published(style) == b".a{& small{color:light-dark(#fff,#000)}}"
    assert assets.published(script) == b"const text=`a  b`;"


def test_every_asset_is_published_in_each_language(site):
    names = [name for name, _ in assets.files()]
    assert {"assets/site.css", "assets/stepper.js", "assets/search.js", "assets/logo.svg"} <= set(names)
    for name, path in assets.files():
        for language in (site, site / "zh"):
            published = (language / name).read_bytes()
            assert published == assets.published(path)
            assert path.suffix not in (".css", ".js") or b"/* " not in published
