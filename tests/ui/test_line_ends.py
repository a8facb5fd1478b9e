"""On a narrow screen a line of notes ends with a word, never with the dot that belongs to what follows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NARROW = [
    *sorted((TEMPLATES / "home").glob("*.html")),
    *(TEMPLATES / area / "list.html" for area in ("meetings", "notices", "proposals")),
    *(TEMPLATES / "tasks" / f"{name}.html" for name in ("together", "together_preview")),
    TEMPLATES / "account" / "absences.html",
]
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


@pytest.mark.parametrize("template", NARROW, ids=lambda path: path.stem)
def test_a_dot_between_two_notes_stays_with_the_second(template: Path) -> None:
    said = _CODE.sub("", template.read_text(encoding="utf-8"))
    assert not re.findall(r".{0,20}· .{0,20}", said), "write «·&nbsp;»: the line breaks before the dot"
