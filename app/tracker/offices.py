"""Who is to work, from one cell that may name several: «Phòng A (chủ trì), Phòng B, C phối hợp»."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.errors import Sentence
from app.reading.normalise import clean, name_key, plain, squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.reading.known import KnownNames
    from app.reading.matching import Directory
    from app.reading.model import Named

_PARTING = re.compile(
    r"\s*(?:[,;/+&•\n|()]|\s[-–—]\s|^[-–—*]\s*|\n[-–—*]\s*|(?<!\w)và(?!\w)|(?<!\w)cùng(?!\w))\s*", re.IGNORECASE
)
_ROLE = re.compile(
    r"[\s(\[]*(?:(?P<lead>(?:đơn\s+vị\s+|cơ\s+quan\s+)?(?:làm\s+)?chủ\s+trì|\(?ct\)|ct(?=\s*:)|c/t(?:r[iì])?(?!\w))"
    r"|(?P<help>(?:đơn\s+vị\s+|cơ\s+quan\s+)?phối\s+hợp(?:\s+thực\s+hiện)?|\(?ph\)|ph(?=\s*:)|p/h(?!\w)))"
    r"(?P<to>\s*(?::|với(?!\w)|cùng(?!\w)))?[\s)\]]*",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:đ/c|đồng\s+chí|ông|bà|anh|chị)\s", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|phòng|ban|ngành|bộ\s+phận|địa\s+phương|tổ\s+chức)(?:[\s,]+(?:cơ\s+quan|đơn\s+vị"
    r"|phòng|ban|ngành|địa\s+phương))*\s+(?:có\s+)?liên\s+quan|các\s+(?:thành\s+viên|đơn\s+vị\s+khác)"
)
_COMRADE = re.compile(r"(?<!\w)đ/c(?!\w)", re.IGNORECASE)
_SHORT = {
    "vp": "văn phòng", "ca": "công an", "p": "phòng", "tt": "trung tâm", "bp": "bộ phận", "tyt": "trạm y tế",
    "qs": "quân sự", "bch": "ban chỉ huy", "bql": "ban quản lý", "kp": "khu phố", "tp": "trưởng phòng",
    "cm": "chuyên môn",
}  # fmt: skip
"""What offices shorten in their own lists, whatever their units are called."""
_HARD = re.compile(r"[;\n|•():]|\s[-–—]\s")
"""What parts names for certain; an «&» may stand inside one."""
_EDGES = " .:()[]\t\n-–—"
_MARKS = re.compile(r"[\s,;:.()\[\]/+&|–—-]+")
_HEADS = 3
_INITIALS = 3
"""Fewer letters («KT») are said of too much."""
_ABBREVIATED = re.compile(r"(?:p|phòng|phong|tt|trung\s+tâm|trung\s+tam|vp|văn\s+phòng|van\s+phong|ban)\b[.\s]*"
                          r"(?:[^\W\d_][.\-]?){3,12}", re.IGNORECASE)  # fmt: skip
"""«Phòng KTHTĐT», «P. KT-HT-ĐT»: the head of a name, and the initials of the rest in one word."""
_NUMBERED = re.compile(r"[^\W\d_]{2,}\d{1,3}")
"""«TDP2»: a short form and its number without a gap."""
_ASIDE = "aside"
"""A name in brackets: «VP (BP CNTT)» names two units, «VP (đ/c An)» one, «VP (mảng số hóa)» one and a remark."""


@dataclass
class UnitsRead:
    """Who leads and who helps, as ids (groups as `Named.group_id`); names of nobody, people, what is uncertain."""

    leads: list[Named] = field(default_factory=list)
    helpers: list[Named] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    doubt: Sentence | None = None

    @property
    def wrong(self) -> Sentence | None:
        """Say which names are no unit's."""
        if not self.unknown:
            return None
        names = ", ".join(f"«{name}»" for name in self.unknown)
        return Sentence(
            f"Không tìm thấy đơn vị {names}. Hãy chọn đơn vị, hoặc thêm tên gọi này cho đơn vị ở phần Thiết lập.",
            f"There is no unit {names}. Choose one, or add this name to a unit in the set-up.",
        )


@dataclass
class _Met:
    """One name on its way: what it is, and whether words beside it say its part."""

    named: Named
    part: str = ""


class UnitReader:
    """Reads cells of units against one authority's names; a cell seen before costs nothing."""

    def __init__(self, directory: Directory, aside: Iterable[str] = ()) -> None:
        """Keep the names; those `aside` are known to be no unit's, as vague as «các đơn vị liên quan»."""
        self._directory = directory
        self._aside = {name_key(name) for name in aside}
        self._seen: dict[tuple[str, bool], UnitsRead] = {}

    def read(self, cell: str, *, helping: bool = False) -> UnitsRead:
        """Return who a cell names; in a column of helpers (`helping`) all of them help."""
        text = _COMRADE.sub("đồng chí", clean(cell)).strip()
        key = text, helping
        if key not in self._seen:
            self._seen[key] = self._read(text, helping=helping)
        return self._seen[key]

    def _read(self, text: str, *, helping: bool) -> UnitsRead:
        found = UnitsRead()
        met: list[_Met] = []
        state, missed = "", False
        for kind, words in _pieces(text, self._directory.names, self._end_of_whole):
            if kind in {"lead", "help"}:
                # «Các đơn vị liên quan phối hợp»: the part of who is no unit, and of nobody else.
                state = state if missed and words == "after" else _apply_role(kind, words, met, state)
                missed = False
            elif named := self._match(words, met):
                met.append(_Met(named, state))
                missed = False
            elif words:
                self._note(found, kind, words)
                missed = kind != _ASIDE
        _share_out(found, met, helping=helping)
        return found

    def _note(self, found: UnitsRead, kind: str, words: str) -> None:
        """Note words that name no unit: a person, something vague, or a name that nobody has."""
        from app.reading import lexicon  # noqa: PLC0415 -- slow to load, and few requests ask for it

        vague = kind == _ASIDE or name_key(words) in self._aside
        if _PERSON.match(words):
            found.people.append(words)
        elif vague or _VAGUE.search(plain(words)) or lexicon.UNNAMED.search(plain(words)):
            found.vague.append(words)
        else:
            found.unknown.append(words)

    def _end_of_whole(self, text: str, pos: int) -> int | None:
        """Return where a name ends that begins at `pos` and has an «&» inside, which then parts nothing."""
        mark = text.find("&", pos)
        if mark < 0 or _HARD.search(text, pos, mark):
            return None
        hard = _HARD.search(text, mark)
        ends = {hard.start() if hard else len(text)}
        ends |= {found.start() for found in _PARTING.finditer(text, mark + 1, max(ends))}
        ends |= {
            found.start() for found in _ROLE.finditer(text, mark + 1, max(ends)) if not text[found.start()].isalnum()
        }
        return next((end for end in sorted(ends, reverse=True) if self._whole(text[pos:end].strip(_EDGES))), None)

    def _whole(self, words: str) -> Named | None:
        """Return the one unit that words with an «&» name as a whole."""
        if words.count("&") == 0 or words.endswith("&"):
            return None
        return self._directory.whole(words) or self._directory.whole(_written_out(words))

    def _match(self, words: str, met: list[_Met]) -> Named | None:
        """Return whom words mean: as they stand, or with the head of the name before («Phòng A, B»)."""
        if not words:
            return None
        if whole := self._whole(words):
            return whole
        for attempt in (words, _written_out(words)):
            named = self._directory.match(attempt)
            if named.unit_id is not None or named.group_id is not None:
                return named
        initials = len(words) >= _INITIALS and words.isupper() and words.isalpha()
        numbered = _NUMBERED.fullmatch(words) is not None
        short = words if initials or numbered else _written_out(words) if _ABBREVIATED.fullmatch(words) else ""
        if short and (known := self._directory.whole(short)):
            return known
        before = met[-1].named if met else None
        heads = before.words.split()[:-1][:_HEADS] if before else []
        for count in range(1, len(heads) + 1):
            named = self._directory.match(" ".join([*heads[:count], words]))
            if named.unit_id is not None and before and named.unit_id != before.unit_id:
                return named
        return None


def _written_out(words: str) -> str:
    """Return a name with the short forms of every office written out: «CA phường», «P. VHXH», «TT PVHCC»."""
    return " ".join(_SHORT.get(word.lower().rstrip("."), word) for word in words.replace(".", ". ").split())


def _apply_role(kind: str, words: str, met: list[_Met], state: str) -> str:
    """Note a role's words on the names around them; return the part of the names that follow."""
    before = [each for each in met if not each.part]
    if words == "before" or not met:
        return kind
    if kind == "lead":
        (before or met)[-1].part = "lead"
        return state or "after"
    led = any(each.part == "lead" for each in met)
    for each in [each for each in met if each.part in {"", "after"}][0 if led or len(met) == 1 else 1 :]:
        each.part = "help"
    return state


def _share_out(found: UnitsRead, met: list[_Met], *, helping: bool) -> None:
    """Give each name its part: what was said, else the first leads and the others help."""
    seen: set[tuple[object, object]] = set()
    said = any(each.part for each in met)
    led = any(each.part == "lead" for each in met)
    for each in met:
        who = each.named.unit_id, each.named.group_id
        if who in seen:
            continue
        seen.add(who)
        leads = not helping and (each.part == "lead" or (not led and not found.leads and each.part in {"", "after"}))
        (found.leads if leads else found.helpers).append(each.named)
    if not helping and len(found.leads) + len(found.helpers) > 1 and not said:
        found.doubt = Sentence(
            "Ô có nhiều đơn vị, không ghi vai trò: lấy đơn vị đầu chủ trì, còn lại phối hợp.",
            "Several units without their parts: the first leads, the others help.",
        )
    if not helping and len(found.leads) > 1:
        found.doubt = Sentence(
            "Nhiều đơn vị chủ trì: mỗi đơn vị nhận một nhiệm vụ riêng.",
            "Several lead units: each gets a task of its own.",
        )


def _pieces(text: str, names: KnownNames, end_of_whole: Callable[[str, int], int | None]) -> Iterator[tuple[str, str]]:
    """Give names («name», in brackets «aside»), and words of a role («lead», «help»; "before": the names follow)."""
    pos, start = 0, 0
    while pos < len(text):
        at_word = pos == 0 or not text[pos - 1].isalnum()
        role = _ROLE.match(text, pos) if at_word else None
        known = None
        if at_word and not role and text[pos].isalnum():
            known = end_of_whole(text, pos) or names.end_at(text, pos, len(text))
        parting = None if role or known else _PARTING.match(text, pos)
        if role or known or parting:
            yield _kind_at(text, start), squeeze(text[start:pos].strip(_EDGES))
        if role:
            follows = bool(role["to"]) or (not _MARKS.sub("", text[start : role.start()]) and _begins(text, start))
            yield ("lead" if role["lead"] else "help"), "before" if follows else "after"
            pos = start = role.end()
        elif known:
            yield _kind_at(text, pos), squeeze(text[pos:known])
            pos = start = known
        elif parting and parting.end() > pos:
            pos = start = parting.end()
        else:
            pos += 1
    yield _kind_at(text, start), squeeze(text[start:].strip(_EDGES))


def _kind_at(text: str, pos: int) -> str:
    return _ASIDE if text.count("(", 0, pos) > text.count(")", 0, pos) else "name"


def _begins(text: str, start: int) -> bool:
    """Say whether a part of the cell begins here: at its start, or behind a mark that parts it."""
    before = text[:start].rstrip()
    return not before or before[-1] in ",;\n•|"
