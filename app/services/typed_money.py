"""An amount in đồng as people type it: 100 triệu, 1,5 tỷ, 1 tỷ 200 triệu, 100.000.000."""

from __future__ import annotations

import re
from fractions import Fraction

from app.text import fold

_UNITS = {
    "ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "k": 10**3,
}  # fmt: skip
_PART = re.compile(r"(\d[\d.,]*)\s*(ty|ti|trieu|tr|nghin|ngan|k)\b(\s+ruoi\b)?\s*,?\s*")
_CURRENCY = re.compile(r"\s*(?:dong|vnd|d)$")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+")
_DECIMAL = re.compile(r"(\d{1,6})[.,](\d{1,2}|\d{4,6})|(\d{1,6}),(\d{3})")
LARGEST = 10**15


def read_money(typed: str) -> int | None:
    """Return the amount in đồng, None where the words give none or may mean two things.

    A dot before three digits parts thousands (1.200 triệu), before one or two it is a decimal mark (1.5 tỷ).
    """
    said = _CURRENCY.sub("", fold(typed).strip(" .;"))
    if _GROUPED.fullmatch(said):
        return _bounded(Fraction(re.sub(r"[.,]", "", said)))
    total, at, smallest = Fraction(0), 0, LARGEST
    while found := _PART.match(said, at):
        number, unit = _number(found[1].rstrip(",")), _UNITS[found[2]]
        if number is None or unit >= smallest or (total and number * unit >= smallest):
            return None
        total += (number + Fraction(1, 2) if found[3] else number) * unit
        at, smallest = found.end(), unit
    return _bounded(total) if at and at == len(said) else None


def _number(text: str) -> Fraction | None:
    decimal = _DECIMAL.fullmatch(text)
    if decimal:
        whole, part = (decimal[1], decimal[2]) if decimal[1] else (decimal[3], decimal[4])
        return Fraction(f"{whole}.{part}")
    return Fraction(re.sub(r"[.,]", "", text)) if _GROUPED.fullmatch(text) else None


def _bounded(amount: Fraction) -> int | None:
    return int(amount) if amount.denominator == 1 and amount < LARGEST else None
