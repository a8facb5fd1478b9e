"""What holds for every file of the project."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.rules.sources import ROOT, code, files, name, tree

if TYPE_CHECKING:
    from pathlib import Path

LONG_FILE = 300
LONG_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "stuff"}
MEDIA = {".png", ".jpg", ".ico", ".woff2", ".ttf", ".otf", ".pdf", ".docx", ".xlsx", ".mo", ".gz", ".br", ".zip", ".db"}
# Lines of other people's texts and of generated files are not ours to judge.
GENERATED = ("app/migrations/versions/", "package-lock.json", "requirements/", "docs/workflows/")
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/"),
    "a registry's address": re.compile(r"pypi\.(?:org)|python(?:hosted)\.org|(?:registry)\.npmjs|deb\.(?:debian)\.org"),
    "a numbered issue": re.compile(r"(?<!/)\bissue\s+#?\d", re.IGNORECASE),  # an address may end in it
}
INLINE = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a file of another host": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
OPT_OUT = re.compile(
    r"(?P<before>(?:#[^#\"']*)?)#\s*(?:noqa|type:\s*ignore)\b(?::\s*[A-Z0-9, ]+|\[[a-z0-9, -]+\])?(?P<reason>.*)$"
)
THIS = "tests/rules/test_sources.py"


def text_files() -> list[Path]:
    return [path for path in files() if path.suffix not in MEDIA and name(path) != THIS]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{name(path)}:{number}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what}: {found}"


@pytest.mark.parametrize("what", INLINE)
def test_no_page_carries(what: str) -> None:
    found = [
        f"{name(path)}:{number}"
        for path in files(".html")
        if "/emails/" not in name(path)  # old mail programs know nothing but inline styles
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if INLINE[what].search(line)
    ]
    assert not found, f"{what}: {found}"


def test_a_long_file_says_why() -> None:
    for path in files(".py", ".html", ".css", ".js"):
        text = path.read_text("utf-8")
        if not name(path).startswith(GENERATED) and text.count("\n") > LONG_FILE:
            assert f"Over {LONG_FILE} lines:" in text, (
                f"{name(path)}: split it, or write “Over 300 lines: <why>” on top"
            )


def test_a_long_function_says_why() -> None:
    for path in code():  # a journey in a test may be as long as the way itself
        lines = path.read_text("utf-8").splitlines()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not name(path).startswith(GENERATED):
                length = (node.end_lineno or node.lineno) - node.lineno
                reason = any(
                    f"Over {LONG_FUNCTION} lines:" in line for line in lines[node.lineno - 1 : node.end_lineno]
                )
                assert length <= LONG_FUNCTION or reason, (
                    f"{name(path)}:{node.lineno} {node.name}: split it, or write “Over 40 lines: <why>” in it"
                )


def test_module_names_say_what_is_inside() -> None:
    assert not [name(path) for path in files(".py") if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES]


def test_an_opt_out_says_why() -> None:
    silent = []
    for path in code():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = OPT_OUT.search(line)
            if found and not re.search(r"\w{2}", found["reason"] + found["before"]):
                silent.append(f"{name(path)}:{number}")
    assert not silent


def test_every_module_says_its_job() -> None:
    assert not [name(path) for path in files(".py") if path.stat().st_size and not ast.get_docstring(tree(path))]


def test_the_folders_of_python_are_known() -> None:
    known = {"app", "workflows", "tests", "."}
    assert {path.relative_to(ROOT).parts[0] if path.parent != ROOT else "." for path in files(".py")} <= known
