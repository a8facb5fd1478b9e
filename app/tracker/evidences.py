"""Which evidence a cell asks for: «Có ảnh hiện trường», «VB ký số», «x», «không»."""

from __future__ import annotations

import re

from app.text import fold
from workflows.evidence import ANY, FILE, NONE, PHOTO, RULES, SIGNED

_SAID = {fold(said): rule for rule, words in RULES.items() for said in (words.vi, words.en)}
_SIGNS = (
    (NONE, r"^(?:khong|ko|k|-|0)(?: (?:bat buoc|can|yeu cau|co))?\.?$"),
    (PHOTO, r"\bhinh anh\b|\banh (?:chup|hien truong)\b"),
    (SIGNED, r"\bky\b|\bpdf\b|\bban (?:scan|quet)\b"),
    (ANY, r"\blien ket\b|\blink\b|duong dan"),
    (FILE, r"^(?:co|x|v|1|bat buoc)\.?$|\btep\b|\bfile\b|\bvan ban\b|\bvb\b|bao cao|ho so|tai lieu|minh chung"),
)
"""What each is told by, the more particular first."""


def read_evidence(text: str) -> str | None:
    """Return the rule that a cell asks for (a name of workflows.evidence.RULES), or None where none is told."""
    words = " ".join(fold(text).split())
    if words in _SAID:
        return _SAID[words]
    if re.search(r"(?<!\w)ảnh(?!\w)", text.lower()):
        return PHOTO
    return next((rule for rule, sign in _SIGNS if re.search(sign, words)), None)
