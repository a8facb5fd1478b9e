"""The project's own files, for rules that look at all of them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {".git", ".venv", "var", "vendor", "vendor.new", "node_modules", "__pycache__", "htmlcov"}
CODE = ("app", "workflows", "config.py", "run.py")


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Return every file that is written by hand or kept with the code, of these suffixes or of any."""
    found: list[Path] = []
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir():
                hidden_tool = path.name.startswith(".") and path.name != ".ci"
                if path.name not in MADE and not hidden_tool:
                    folders.append(path)
            elif not path.name.startswith((".coverage", ".setup")) and (not suffixes or path.suffix in suffixes):
                found.append(path)
    return tuple(found)


def name(path: Path) -> str:
    """Return a file's path below the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def code() -> list[Path]:
    """Return the Python files of the product itself, without its tests."""
    return [path for path in files(".py") if name(path).startswith(CODE)]


@cache
def tree(path: Path) -> ast.Module:
    """Return a Python file as a syntax tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Return the full names of the modules that a file imports."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
