"""What is published beside the pages: style sheets and scripts without their comments."""

from tools.site import assets


def test_comments_go_and_rules_stay():
    style = b"/* why */\n.a {\n  & small { color: light-dark(#fff, #000); }\n}\n"
    assert assets.published("one.css", style) == b".a{& small{color:light-dark(#fff,#000)}}"
    assert assets.published("one.js", b"/* why */\nconst text = `a  b`; // why\n") == b"const text=`a  b`;"
    assert assets.published("one.svg", b"<!-- why -->") == b"<!-- why -->"


def test_every_asset_is_published_in_each_language(site):
    names = [name for name, _ in assets.files("en")]
    assert {
        "assets/site.css",
        "assets/stepper.en.js",
        "assets/search.js",
        "assets/search/engine.js",
        "assets/logo.svg",
    } <= set(names)
    for language, folder in (("en", site), ("zh", site / "zh")):
        for name, content in assets.files(language):
            assert (folder / name).read_bytes() == content
            assert not name.endswith((".css", ".js")) or b"/* " not in content
