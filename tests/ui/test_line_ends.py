"""On a narrow screen a line of notes ends with a word, never with the dot that belongs to what follows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.ui.formats import BETWEEN_NOTES
from app.ui.marks import status

if TYPE_CHECKING:
    from flask import Flask

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# A letter is drawn by a mail program, and a window's title by the browser.
PAGES = [path for path in sorted(TEMPLATES.glob("*/*.html")) if path.parent.name != "emails"]
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<title>.*?</title>|<[^>]*>", re.DOTALL)
_JOINED = re.compile(r"""join\(["'] · ["']\)(?! \| notes)""")


@pytest.mark.parametrize("template", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_dot_between_two_notes_stays_with_the_second(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.findall(r".{0,20}· .{0,20}", _CODE.sub("", text)), "write «·&nbsp;»: the line breaks before the dot"
    assert not _JOINED.findall(text), "put « | notes» behind it"


def test_a_status_of_two_parts_breaks_before_its_dot(app: Flask) -> None:
    with app.test_request_context():
        drawn = status("violet", "Chờ xác nhận · báo muộn 2 ngày làm việc")
    assert f"Chờ xác nhận{BETWEEN_NOTES}báo muộn 2 ngày làm việc" in drawn
