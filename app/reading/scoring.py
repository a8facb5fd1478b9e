"""How well the reader does: its items held against items that a person wrote down for the same text."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.reading.errors import UnreadableError
from app.reading.export import as_data
from app.reading.files import read_file
from app.reading.normalise import clean, fold, name_key
from app.reading.reader import read_text

if TYPE_CHECKING:
    from pathlib import Path

_ALIKE = 0.6
_MEETING = ("title", "date", "chair", "location")
_COUNTED_APART = {"read", "gold", "helpers read", "helpers gold", "false due"}
_READ = {".txt", ".html", ".docx", ".pdf"}
_EXACT = ("kind", "due", "recurrence", "due_text", "section")


@dataclass
class Score:
    """Counts over any number of texts; each rate is 0 to 1, and 1 where there was nothing to get right."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def rate(self, name: str) -> float:
        """Return the share got right of what was asked under this name."""
        return self.right[name] / self.asked[name] if self.asked[name] else 1.0

    @property
    def item_f1(self) -> float:
        """Return the F1 of items found: the harmonic mean of precision and recall."""
        return self.found("items", "read", "gold")[2]

    @property
    def coordinating_f1(self) -> float:
        """Return the F1 of coordinating units, each counted by itself."""
        return self.found("helpers", "helpers read", "helpers gold")[2]

    @property
    def false_due(self) -> int:
        """Return how many items were given a due date that they do not have: none, or another."""
        return self.asked["false due"]

    def found(self, right: str, read: str, gold: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of what was read against what there was."""
        mine, theirs, both = self.asked[read], self.asked[gold], self.right[right]
        total = mine + theirs
        return both / mine if mine else 1.0, both / theirs if theirs else 1.0, 2 * both / total if total else 1.0

    def add(self, name: str, read: dict[str, Any], gold: dict[str, Any]) -> None:
        """Count one text: `read` and `gold` have the shape of `read --json`."""
        for part in _MEETING:
            self._count(f"{name} meeting", f"meeting.{part}", read["meeting"][part], gold["meeting"][part])
        pairs, lost, extra = _pairs(read["items"], gold["items"])
        self.right["items"] += len(pairs)
        self.asked["read"] += len(read["items"])
        self.asked["gold"] += len(gold["items"])
        self.misses += [f"{name}: not found: {item['text'][:90]}" for item in lost]
        self.misses += [f"{name}: too many: {item['text'][:90]}" for item in extra]
        for mine, theirs in pairs:
            place = f"{name}: {theirs['text'][:50]}"
            for part in _EXACT:
                self._count(place, part, mine[part], theirs[part])
            self._count(place, "lead", name_key(mine["lead"] or ""), name_key(theirs["lead"] or ""))
            self._count(place, "coordinating", _keys(mine["coordinating"]), _keys(theirs["coordinating"]))
            self._count_helpers(_keys(mine["coordinating"]), _keys(theirs["coordinating"]))
            if mine["due"] and mine["due"] != theirs["due"]:
                self.asked["false due"] += 1
                self.misses.append(f"{place}: FALSE DUE DATE {mine['due']}")

    def report(self) -> str:
        """Return the misses and the rates, one a line: the share right, or precision, recall and F1."""
        rates = [
            f"{name:<18}{self.rate(name):7.1%}  {self.right[name]}/{self.asked[name]}"
            for name in self.asked
            if name not in _COUNTED_APART
        ]
        for title, *names in (
            ("coordinating (F1)", "helpers", "helpers read", "helpers gold"),
            ("items (F1)", "items", "read", "gold"),
        ):
            precision, recall, f1 = self.found(*names)
            counts = f"{self.right[names[0]]} of {self.asked[names[2]]}, {self.asked[names[1]]} read"
            rates.append(f"{title:<18}{f1:7.1%}  precision {precision:.1%}, recall {recall:.1%}: {counts}")
        return "\n".join([*self.misses, *rates, f"{'false due dates':<18}{self.false_due:7}"])

    def _count_helpers(self, mine: list[str], theirs: list[str]) -> None:
        self.right["helpers"] += sum((Counter(mine) & Counter(theirs)).values())
        self.asked["helpers read"] += len(mine)
        self.asked["helpers gold"] += len(theirs)

    def _count(self, place: str, name: str, mine: Any, theirs: Any) -> None:  # noqa: ANN401 - any JSON value
        self.asked[name] += 1
        if _same(mine, theirs):
            self.right[name] += 1
        else:
            self.misses.append(f"{place}: {name}: read {mine!r}, expected {theirs!r}")


def score_folder(folder: Path) -> Score:
    """Return the score over every text of a folder (TXT, HTML, DOCX, PDF) that has a NAME.json beside it.

    Raise UnreadableError when there is none.
    """
    score = Score()
    for path in sorted(each for each in folder.iterdir() if each.suffix in _READ):
        beside = path.with_suffix(".json")
        if beside.exists():
            read = as_data(read_text(read_file(path).text))
            score.add(path.stem, read, json.loads(beside.read_text(encoding="utf-8")))
    if not score.asked:
        raise UnreadableError.nothing_to_score(str(folder))
    return score


def _pairs(
    read: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the items that are the same by their words (and lead), the likest first; what was lost and too many."""
    likeness = sorted(
        ((_alike(mine, theirs), -abs(i - j), i, j) for i, mine in enumerate(read) for j, theirs in enumerate(gold)),
        reverse=True,
    )
    taken_read: set[int] = set()
    taken_gold: set[int] = set()
    pairs = []
    for value, _, i, j in likeness:
        if value >= _ALIKE and i not in taken_read and j not in taken_gold:
            taken_read.add(i)
            taken_gold.add(j)
            pairs.append((read[i], gold[j]))
    lost = [item for j, item in enumerate(gold) if j not in taken_gold]
    return pairs, lost, [item for i, item in enumerate(read) if i not in taken_read]


def _alike(mine: dict[str, Any], theirs: dict[str, Any]) -> float:
    """Return how alike two texts are by their words, a shade more when the lead is the same."""
    a, b = Counter(_words(mine["text"])), Counter(_words(theirs["text"]))
    total = sum(a.values()) + sum(b.values())
    same = 2 * sum((a & b).values()) / total if total else 0.0
    return same + (0.001 if mine["lead"] == theirs["lead"] else 0)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(clean(text)))


def _keys(names: list[str]) -> list[str]:
    return sorted(map(name_key, names))


def _same(mine: Any, theirs: Any) -> bool:  # noqa: ANN401 - any JSON value
    if isinstance(mine, str) and isinstance(theirs, str):
        return _words(mine) == _words(theirs)
    return bool(mine == theirs)
