"""Templates are compiled once, and look the same."""

from jinja2 import DictLoader, Environment

from tools.site import templates


def test_what_was_compiled_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(templates, "FOLDER", tmp_path / "templates")
    for expected, text in (("one", "{{ 'ONE' | quiet }}"), ("two", "{{ 'TWO' | quiet }}")):
        env = Environment(loader=DictLoader({"page.html": text}))
        env.filters["quiet"] = str.lower
        for _ in range(2):
            assert templates.configure_jinja(env).get_template("page.html").render() == expected
    assert len([*(tmp_path / "templates").iterdir()]) == 1  # a changed template takes its old place
