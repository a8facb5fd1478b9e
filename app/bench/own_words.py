"""What search keeps of the tasks of the measurements: as the product makes it, but word by word, each known already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.models.search_entry import CLAUSE, NOTICE, PERSON, PROGRESS, TASK, entry_values, mark_of_kind
from app.search_words import BETWEEN, WORD, toned_key
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class _Bare(dict[str, str]):
    """Words by their folded form. A few hundred make up all texts; numbers are as they are and not kept."""

    def __missing__(self, word: str) -> str:
        if word.isascii():
            return word.lower()
        self[word] = found = fold(word)
        return found


class _Keys(dict[str, str]):
    """Words by the key of their tones and marks, empty where there are none."""

    def __missing__(self, word: str) -> str:
        if word.isascii():
            return ""
        self[word] = found = toned_key(word)
        return found


_BARE, _KEYS = _Bare(), _Keys()


def folded(text: str) -> str:
    """Return what `fold` returns."""
    return " ".join([_BARE[word] for word in text.split()])


def entry(number: int, kind: str, item: int, bare: str, toned: str) -> dict[str, Any]:
    """Return an entry of a text, of which `bare` is the folded form and `toned` what carries tones."""
    keys = dict.fromkeys([_KEYS[word] for word in WORD.findall(toned.lower())])
    return {
        "id": number,
        "authority_id": 1,
        "kind": kind,
        "item_id": item,
        "words": BETWEEN.join([mark_of_kind(kind), *WORD.findall(bare)]),
        "toned": BETWEEN.join(filter(None, keys)),
    }


class Entries:
    """Writes the entries of rows, counting their ids."""

    def __init__(self) -> None:
        """Begin with 1."""
        self.made = 0

    def of(
        self, tasks: Sequence[dict[str, Any]], clauses: Sequence[dict[str, Any]], notices: Iterable[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Return the entries that a flush of these rows would write."""
        found = []
        for task, clause in zip(tasks, clauses, strict=True):
            toned = f"{task['code']} {task['title']} {task['detail']}"
            found += [
                entry(self._next(), TASK, task["id"], task["search_text"], toned),
                entry(self._next(), CLAUSE, clause["id"], folded(clause["text"]), clause["text"]),
            ]
        for notice in notices:
            texts = entry_values(NOTICE, [notice["symbol"], notice["subject"]])
            found.append({"id": self._next(), "authority_id": 1, "kind": NOTICE, "item_id": notice["id"], **texts})
        return found

    def of_progress(self, lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the entries of lines of progress."""
        return [entry(self._next(), PROGRESS, line["id"], folded(line["note"]), line["note"]) for line in lines]

    def of_people(self, people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the entries of people."""
        return [
            {"id": self._next(), "authority_id": 1, "kind": PERSON, "item_id": person["id"],
             **entry_values(PERSON, [person["full_name"]])}
            for person in people
        ]  # fmt: skip

    def _next(self) -> int:
        self.made += 1
        return self.made
