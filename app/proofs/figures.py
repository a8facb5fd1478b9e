"""What a proof saw: figures in words of both languages, each with what it must be where a rule says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections import Counter

HELD = "Giữ lời. (Held.)"
BROKEN = "KHÔNG GIỮ ĐƯỢC (broken)."


class Figure(NamedTuple):
    """A number that was seen, what it counts, and the number it must be; None where any will do."""

    words: str
    seen: float
    wanted: float | None = None

    @property
    def held(self) -> bool:
        """Tell whether the number is what it must be."""
        return self.wanted is None or self.seen == self.wanted

    def text(self) -> str:
        """Return the figure as a line, a broken one with what it should have been."""
        number = f"{self.seen:.1f}" if isinstance(self.seen, float) else str(self.seen)
        return f"  {number:>8}  {self.words}" + ("" if self.held else f"  ✗ phải là (must be) {self.wanted}")


def report(heading: str, figures: list[Figure]) -> bool:
    """Print the figures under a heading; tell whether all are what they must be."""
    print("\n".join([f"{heading}:", *(figure.text() for figure in figures)]), flush=True)
    return all(figure.held for figure in figures)


def apart(one: Counter[Any], other: Counter[Any]) -> int:
    """Return how many things stand in one count and not in the other, or oftener."""
    return (one - other).total() + (other - one).total()


def conclude(*, kept: bool) -> int:
    """Print the last line of a proof and return its exit code."""
    print(HELD if kept else BROKEN)
    return 0 if kept else 1
