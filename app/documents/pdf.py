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
_NO_GLYPH = "could not be displayed"
"""What the compiler says of a letter that our fonts lack."""


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template (its name without .typ) filled with data; the same data give the same pages.

    A letter that our fonts lack (a picture letter in a title) shows as a box: then the PDF is tagged, but not PDF/UA.
    """
    import typst  # noqa: PLC0415 -- 30 MB of compiler, wanted by few requests

    try:
        return _compile(template, data, STANDARD)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        return _compile(template, data, None)


def _compile(template: str, data: Mapping[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    import typst  # noqa: PLC0415 -- as above

    return bytes(
        typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=standard or [],
        )
    )
