"""Compile the theme's templates once for both languages, later builds, and every change while pages are served."""

from jinja2 import Environment, FileSystemBytecodeCache

from tools.content.repository import ROOT

FOLDER = ROOT / ".cache" / "templates"
JSON = {"ensure_ascii": False}  # what `tojson` writes: Chinese as it is, a third of its escapes; keys in their order


def configure_jinja(env: Environment) -> Environment:
    """An environment like the one given, that keeps what it compiles. The files in it may be deleted at any time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    overlay = env.overlay(bytecode_cache=FileSystemBytecodeCache(str(FOLDER)))
    overlay.policies = env.policies | {"json.dumps_kwargs": JSON}
    return overlay
