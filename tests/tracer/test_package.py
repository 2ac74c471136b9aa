"""The tracer stands alone: it imports nothing of ours, in no circle, and can be installed and used elsewhere."""

import ast
import graphlib
import os
import subprocess
import sys
import venv

import pytest

import tracer
from tools.content.repository import ROOT

FOLDER = ROOT / "tracer"
OTHERS = {"sqlalchemy", "psycopg", "pymysql"}  # the drivers only where a program uses them
PROGRAM = """from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
engine = create_engine("sqlite:///elsewhere.db")
Base.metadata.create_all(engine)
# --- story
with Session(engine) as session:
    session.add(Author())
    session.commit()
    #> INSERT author; COMMIT; others see 1 row in author
"""


def imports(path) -> set[str]:
    """The modules that a module imports, `tracer.x` for those of the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}:{node.lineno}: write the whole name of what is imported"
            inside = node.module == "tracer"
            found |= {f"tracer.{name.name}" for name in node.names} if inside else {node.module}
    return found


MODULES = {f"tracer.{path.stem}": imports(path) for path in FOLDER.glob("[!_]*.py")}


def test_it_imports_nothing_of_ours():
    for name, found in MODULES.items():
        foreign = {module.partition(".")[0] for module in found} - set(sys.stdlib_module_names) - OTHERS - {"tracer"}
        assert not foreign, f"{name} imports {', '.join(foreign)}: it must stand alone"


def test_its_modules_import_each_other_in_no_circle():
    graph = {name: found & MODULES.keys() for name, found in MODULES.items()}
    assert list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_its_public_names_are_there():
    assert all(getattr(tracer, name) is not None for name in tracer.__all__)
    readme = (FOLDER / "README.md").read_text("utf-8")
    missing = [
        name for name in ("record", "check", "render_text", "render_html", "page", "loads") if name not in readme
    ]
    assert not missing, f"tracer/README.md does not show {', '.join(missing)}"


@pytest.mark.skipif(not os.environ.get("PACKAGE_TESTS"), reason="installs from the package index: set PACKAGE_TESTS=1")
@pytest.mark.time_limit(300)
def test_it_is_installed_and_used_elsewhere(tmp_path):
    """In a new environment, on a program that is not in this repository."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", FOLDER]
    subprocess.run(install, check=True, cwd=tmp_path)
    program = tmp_path / "program.py"
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [python, "-m", "tracer", *arguments, "program.py"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)

    program.write_text(PROGRAM, "utf-8")
    traced = run()
    assert (traced.returncode, traced.stderr) == (0, "")
    assert "INSERT INTO author" in traced.stdout and "@ author: [[1]]" in traced.stdout
    program.write_text(PROGRAM.replace("see 1 row in", "see 2 rows in"), "utf-8")
    (tmp_path / "elsewhere.db").unlink()
    for language, title in (("en", "Step through it"), ("zh", "逐步查看")):
        traced = run("--lang", language, "--html", "steps.html")
        assert traced.returncode == 1
        assert "others see 2 rows in author" in traced.stderr and "does not hold" in traced.stderr
        assert title in (tmp_path / "steps.html").read_text("utf-8")
        (tmp_path / "elsewhere.db").unlink()
