"""Step into modules that a program imports: those below its folder, and packages that are named."""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import tokenize
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType
from typing import Any

from tracer import instrument

_INSTALLED = ("site-packages", "dist-packages")


class Include(importlib.abc.MetaPathFinder):
    """Within this context, modules below `folder` and in `packages` are instrumented when they are imported.

    A file is named as seen from `folder`. `program` is the program's own file, which has no name.
    """

    def __init__(self, folder: str, program: str, packages: Sequence[str] = ()) -> None:
        self.folder, self.program, self.packages = os.path.realpath(folder), program, packages
        self._names: dict[str, str] = {program: ""}

    def __enter__(self) -> None:
        sys.meta_path.insert(0, self)

    def __exit__(self, *error: object) -> None:
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def name(self, path: str) -> str:
        """How a recording names a file; empty for the program's own."""
        if path not in self._names:
            below = os.path.relpath(os.path.realpath(path), self.folder)
            self._names[path] = below.replace(os.sep, "/") if not below.startswith("..") else os.path.basename(path)
        return self._names[path]

    def sources(self, names: Iterable[str]) -> dict[str, str]:
        """The text of files, by these names."""
        paths = {name: path for path, name in self._names.items()}
        found = {}
        for name in dict.fromkeys(filter(None, names)):
            with contextlib.suppress(OSError, SyntaxError, UnicodeDecodeError), tokenize.open(paths[name]) as file:
                found[name] = file.read()
        return found

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec that others find, with a loader that instruments; None for what is not stepped into."""
        if sys.meta_path[0] is not self and self in sys.meta_path:  # pytest goes first, for the sake of its assertions
            sys.meta_path.remove(self)
            sys.meta_path.insert(0, self)
        for finder in [one for one in sys.meta_path if one is not self]:
            spec = finder.find_spec(fullname, path, target) if hasattr(finder, "find_spec") else None
            if spec is not None:
                break
        else:
            return None
        if not self._wanted(spec) or not spec.origin:
            return spec
        code = _instrumented(spec)
        if code is not None:
            spec.loader = _Loader(fullname, spec.origin, code)
        return spec

    def _wanted(self, spec: ModuleSpec) -> bool:
        if spec.loader is None or not spec.origin or not spec.origin.endswith(".py"):
            return False
        if any(spec.name == package or spec.name.startswith(f"{package}.") for package in self.packages):
            return True
        path = os.path.realpath(spec.origin)
        installed = path.startswith(_environment() + os.sep) or any(part in path.split(os.sep) for part in _INSTALLED)
        return not installed and path.startswith(self.folder + os.sep)


class _Loader(SourceFileLoader):
    """Loads a module of which the code is at hand, and neither reads nor writes a file of bytecode."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code: CodeType | None = code

    def path_stats(self, path: str) -> Any:
        """Bytecode is looked for only beside a file whose time is known."""
        raise OSError

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> CodeType:  # type: ignore[override]
        """The instrumented code, and the module's own where it is loaded again."""
        code, self._code = self._code, None
        return code or instrument.instrument(importlib.util.decode_source(data), path)


def _environment() -> str:
    return os.path.realpath(sys.prefix) if sys.prefix != sys.base_prefix else os.path.dirname(os.__file__)


def _instrumented(spec: ModuleSpec) -> CodeType | None:
    """The instrumented code of a module; None if it does not parse, which its own loader says best."""
    try:
        with open(spec.origin or "", "rb") as file:
            data = file.read()
        rewrite = _rewrites_assertions(spec.loader)
        if rewrite is None and not isinstance(spec.loader, SourceFileLoader):
            return None  # who knows what it makes of a file
        tree, code = instrument.rewritten(importlib.util.decode_source(data), spec.origin or "")
        if rewrite is not None:
            rewrite(tree, data, spec.origin)
            code = compile(tree, spec.origin or "", "exec", dont_inherit=True)
        return code
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def _rewrites_assertions(loader: Any) -> Any:
    """What pytest does with the assertions of a module that it loads, or None."""
    rewriter = sys.modules.get("_pytest.assertion.rewrite")
    if rewriter is None or not isinstance(loader, getattr(rewriter, "AssertionRewritingHook", ())):
        return None
    return lambda tree, data, path: rewriter.rewrite_asserts(tree, data, path, loader.config)
