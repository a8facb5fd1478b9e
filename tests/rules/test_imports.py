"""Who may import whom, and the few things that only one place may do."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.rules.sources import ROOT, code, imported, name, tree

if TYPE_CHECKING:
    from pathlib import Path

FILE_LIBRARIES = {"PIL", "docx", "lxml", "openpyxl", "pdfplumber", "pdfminer", "pypdfium2", "python_calamine"}
CLOCK_CALLS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "dt.datetime.now", "dt.date.today",
}  # fmt: skip
# Migrations, and the measured data that are written with indexes and triggers taken off, go past the session.
COMMITS = {"app/db.py", "app/migrations_runner.py", "app/bench/loading.py"}


def calls(path: Path) -> set[str]:
    """Return what a file calls, as it is written."""
    return {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}


def test_layers_import_only_downwards() -> None:
    # In a process of its own: it silences every logger that exists, also for the tests after it.
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_workflows_need_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"workflows"}
    strangers = {
        f"{name(path)}: {module}"
        for path in code()
        if name(path).startswith("workflows/")
        for module in imported(path)
        if module.split(".")[0] not in allowed
    }
    assert not strangers


def test_reading_needs_workflows_and_file_libraries_alone() -> None:
    allowed = sys.stdlib_module_names | FILE_LIBRARIES | {"workflows"}
    strangers = {
        f"{name(path)}: {module}"
        for path in code()
        if name(path).startswith("app/reading/")
        for module in imported(path)
        if module.split(".")[0] not in allowed and not module.startswith(("app.reading", "app.errors", "app.text"))
    }
    assert not strangers


def test_only_the_clock_asks_what_time_it_is() -> None:
    askers = {name(path): found for path in code() if (found := calls(path) & CLOCK_CALLS)}
    askers.pop("app/clock.py", None)
    assert not askers


def test_only_the_transaction_commits() -> None:
    committing = {name(path) for path in code() if any(call.endswith(".commit") for call in calls(path))}
    assert committing <= COMMITS


def test_only_views_know_the_request_and_who_sent_it() -> None:
    nosy = {
        name(path)
        for path in code()
        if not name(path).startswith(("app/views/", "app/bench/"))  # the floor of the measurements is an app of its own
        and imported(path) & {"flask.request", "flask_login.current_user", "flask_login.utils.current_user"}
    }
    assert not nosy
