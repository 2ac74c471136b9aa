"""Modules below the program's folder are stepped into, and each step names its file."""

import importlib
import sys
import textwrap

import pytest

from tracer import record
from tracer.include import Include


@pytest.fixture
def included(tmp_path, monkeypatch):
    """Records `main`, with these modules beside it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def run(main, packages=(), folder="", **modules):
        for name, text in modules.items():
            path = tmp_path / (name.replace("__", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), "utf-8")
        importlib.invalidate_caches()
        program = str(tmp_path / "main.py")
        include = Include(str(tmp_path / folder), program, packages)
        recording = record(textwrap.dedent(main), program, include=include)
        return recording, include

    yield run
    for name in set(sys.modules) - before:
        del sys.modules[name]


def places(recording):
    return [(step.file, step.lines[0]) for step in recording.steps]


def test_a_step_of_another_file_names_it(included):
    recording, include = included(
        "from beside_main import double\nx = double(1)\n", beside_main="def double(n):\n    m = 2 * n\n    return m\n"
    )
    assert places(recording) == [("", 2), ("beside_main.py", 2), ("beside_main.py", 3)]
    assert list(include.sources(step.file for step in recording.steps)) == ["beside_main.py"]


def test_a_file_in_a_folder_is_named_from_the_program(included):
    recording, _ = included("import packed.inner\npacked.inner.f()\n", packed__inner="def f():\n    return 1\n")
    assert places(recording)[-1] == ("packed/inner.py", 2)


def test_what_a_module_does_when_it_is_imported_comes_before_the_program(included):
    recording, _ = included("import setup_of_it\nx = 1\n", setup_of_it="y = 1\nz = 2\n")
    assert places(recording) == [("", 2)]


def test_a_module_elsewhere_is_stepped_into_if_it_is_named(included):
    module = "def f():\n    return 1\n"
    assert places(included("import one\none.f()\n", folder="inner", one=module)[0]) == [("", 2)]
    recording, _ = included("import two\ntwo.f()\n", packages=["two"], folder="inner", two=module)
    assert places(recording) == [("", 2), ("two.py", 2)]


def test_what_is_installed_is_not_stepped_into(included, monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    main = "import installed_one\ninstalled_one.f()\n"
    recording, _ = included(main, **{"site-packages__installed_one": "def f():\n    return 1\n"})
    assert places(recording) == [("", 2)]


def test_a_module_that_does_not_parse_says_so_as_without_us(included):
    recording, _ = included(
        "try:\n    import broken\nexcept SyntaxError as error:\n    print(error.lineno)\n", broken="x = 1\nx = (\n"
    )
    assert [event["text"] for step in recording.steps for event in step.events] == ["2\n"]


def test_no_bytecode_of_an_instrumented_module_is_left_behind(included, tmp_path):
    included("import beside_it\n", beside_it="x = 1\n")
    assert not list(tmp_path.rglob("*.pyc"))


def test_a_module_loaded_again_is_its_new_self(included):
    recording, _ = included(
        """
        import importlib, pathlib, changing
        pathlib.Path(changing.__file__).write_text("x = 'new'")
        print(importlib.reload(changing).x)
        """,
        changing="x = 'old'\n",
    )
    assert [event["text"] for step in recording.steps for event in step.events if event["event"] == "output"] == [
        "new\n"
    ]
