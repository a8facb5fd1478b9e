"""PDF by Typst: a template of ours, data as JSON (so that markup in it stays text), our own fonts and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"
"""Tagged for screen readers; PDF/UA-1 also demands a title, a language and words for each picture."""


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template (its name without .typ) filled with data; the same data give the same pages."""
    import typst  # noqa: PLC0415 -- 30 MB of compiler, wanted by few requests

    return bytes(
        typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARD,
        )
    )
