"""The committed documentation and decision matrix are what the tables say today.

To write them anew after a reviewed change: REWRITE=1 python -m pytest tests/workflows/test_docs.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from workflows.describe import as_data, as_json, matrix, pages
from workflows.registry import ALL

DOCS = Path(__file__).parents[2] / "docs" / "workflows"
MATRIX = Path(__file__).parent / "decision_matrix.txt"


def _agree(path: Path, text: str) -> None:
    if os.environ.get("REWRITE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date; see this file's first lines"


@pytest.mark.parametrize("name", pages())
def test_docs_equal_the_tables(name: str) -> None:
    _agree(DOCS / name, pages()[name])


def test_no_page_is_left_over() -> None:
    assert {page.name for page in DOCS.glob("*.md")} == set(pages())


def test_the_decision_matrix_was_reviewed() -> None:
    _agree(MATRIX, "\n".join(matrix(workflow) for workflow in ALL.values()))


@pytest.mark.parametrize("name", ALL)
def test_a_table_survives_json(name: str) -> None:
    assert json.loads(as_json(ALL[name])) == as_data(ALL[name])
