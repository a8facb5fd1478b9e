"""Names read from a text matched with the authority's own units and groups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.reading.known import KnownNames
from app.reading.model import Named, UnitName
from app.reading.normalise import SHORT_FORMS, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACE = re.compile(r"(?:\s+(?:quan|huyen|phuong|xa|tinh|thanh pho|thi tran|thi xa))+$")
_HEADS = {"phong": "p", "so": "s", "ban": "b"}
_SHORTENED = frozenset(short for _long, short in SHORT_FORMS)
_OFFICE = re.compile(
    r"^(?:(?:lanh dao|thu truong|pho|truong|giam doc|chanh|chu tich|bi thu|cong chuc|can bo"
    r"|thanh vien|tong)\s+)+(?=(?:so|phong|ban|ubnd|van phong|bo|trung tam|cong an|bcd|bbt|to|hoi"
    r"|doan)\b)"
)


@dataclass(frozen=True)
class Directory:
    """The units and groups known, by the keys of their names and aliases."""

    units: dict[str, int | str]
    groups: dict[str, int | str]
    gone: frozenset[str] = frozenset()
    """Keys that mean nobody any more: a unit that is no more is not taken for one whose name begins its own."""

    @classmethod
    def of(cls, units: Iterable[UnitName], groups: Iterable[UnitName], gone: Iterable[str] = ()) -> Directory:
        """Return the directory; a key that two units share names neither.

        :param gone: names of units that are no more; where a living unit or group bears one, it is that one's.
        """
        living, together = _keys(units), _keys(groups)
        return cls(living, together, frozenset(map(name_key, gone)) - {"", *living, *together})

    @property
    def names(self) -> KnownNames:
        """Return the names to look for in a text."""
        return KnownNames.of([*self.units, *self.groups, *self.gone])

    def match(self, words: str) -> Named:
        """Return the name with the unit or group it means, where exactly one fits."""
        for key in _variants(words):
            if key in self.groups:
                return Named(words, group_id=self.groups[key])
            if key in self.units:
                return Named(words, unit_id=self.units[key])
            if key in self.gone:
                return Named(words)
        return Named(words, unit_id=self._longest_within(name_key(words)))

    def whole(self, words: str) -> Named | None:
        """Return the one unit that all these words name, however they are joined: «P. KTHT&ĐT», «Phòng KT, HT & ĐT».

        A name's initials behind its first word count as its short form, whether or not it is among the aliases.
        """
        keys = [key for key in _variants(words) if key in self.units]
        if keys:
            return Named(words, unit_id=self.units[keys[0]])
        found = next((self._joined[key] for key in map(_join, _variants(words)) if key in self._joined), None)
        return None if found is None else Named(words, unit_id=found)

    @cached_property
    def _joined(self) -> dict[str, int | str]:
        """The units by names without gaps, and by the initials of names; what two units share names neither."""
        found: dict[str, set[int | str]] = {}
        for key, unit_id in self.units.items():
            head, *rest = key.split()
            first = [word if word in _SHORTENED else word[0] for word in rest]
            spellings = {_join(" ".join([head, *rest[:count], *first[count:]])) for count in range(len(key.split()))}
            if len(rest) > 1:
                spellings.add("".join(first))
            for spelling in spellings:
                found.setdefault(spelling, set()).add(unit_id)
        return {spelling: next(iter(ids)) for spelling, ids in found.items() if len(ids) == 1}

    def _longest_within(self, key: str) -> int | str | None:
        """Return the unit whose name, of two words or more, begins the key: of the longest, which may mean nobody."""
        fits = [name for name in (*self.units, *self.gone) if " " in name and key.startswith(name + " ")]
        best = max(fits, key=len, default="")
        return self.units.get(best)


def _join(key: str) -> str:
    """Return a key without gaps, its first word as offices shorten it: «phong kinh te» and «p kinh te» meet."""
    head, _gap, rest = key.partition(" ")
    return _HEADS.get(head, head) + rest.replace(" ", "") if rest else key


def _variants(words: str) -> list[str]:
    key = name_key(words)
    office = _OFFICE.sub("", key)
    return list(dict.fromkeys([key, office, _PLACE.sub("", key), _PLACE.sub("", office)]))


def _keys(names: Iterable[UnitName]) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    shared = set()
    for unit in names:
        for key in {name_key(word) for word in (unit.name, *unit.aliases)} - {""}:
            if found.setdefault(key, unit.id) != unit.id:
                shared.add(key)
    bare: dict[str, set[int | str]] = {}
    for key, unit_id in found.items():
        bare.setdefault(_PLACE.sub("", key), set()).add(unit_id)
    for key, ids in bare.items():
        if key and key not in found and len(ids) == 1:
            found[key] = next(iter(ids))
    return {key: unit_id for key, unit_id in found.items() if key not in shared}
