"""The words with which a draft notice begins: its subject, the sentences before its clauses, who gets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.clock import day_of, today
from app.queries.notices import signers

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee, Meeting, Notice
    from app.reading.model import Reading

_GATHERINGS = ("cuộc họp", "phiên họp", "kỳ họp", "hội nghị", "hội thảo", "buổi ", "lễ ", "đại hội", "cuộc ", "phiên ")
"""With one of these a title names the gathering already: «tại phiên họp …»."""
_MEETS = ("họp ", "giao ban", "sơ kết", "tổng kết")
"""With one of these it lacks only the word before: «tại cuộc họp giao ban …»."""
_RELATED = re.compile(r"\s*\((?:thay thế|bổ sung) Thông báo số [^)]*\)\s*$")


def subject_of(committee: Committee, meeting: Meeting | None, reading: Reading) -> str:
    """Return the subject of a notice as it is usually written: whose conclusion, at which gathering, on which day."""
    title = meeting.title if meeting else reading.meeting.title
    if title and _is_subject(title):
        return title
    whose = f"Kết luận của {_chair_words(committee, meeting)}"
    day = day_of(meeting.starts_at) if meeting else reading.meeting.date
    if title:
        return f"{whose} tại {_gathering(title, day)}"
    return f"{whose} tại cuộc họp ngày {_written(day)}" if day else whose


def opening_of(committee: Committee, meeting: Meeting | None, reading: Reading) -> str:
    """Return the usual sentences before the clauses, with what is known; the secretary completes them."""
    day = day_of(meeting.starts_at) if meeting else reading.meeting.date
    place = (meeting.place if meeting else reading.meeting.location) or ""
    who = (meeting.presided_by if meeting else "") or reading.meeting.chair
    if day is None and not who:
        return ""
    known = (meeting.title if meeting else reading.meeting.title) or ""
    title = "cuộc họp" if not known or _is_subject(known) else _gathering(known, None)
    where = f"tại {place}" if place else ""
    when = f"ngày {_written(day)}" if day else ""
    # What is not known is left out, never a dotted gap: a gap that nobody fills would be signed and issued.
    held = f"đồng chí {who} chủ trì {title} của {committee.name}" if who else f"{committee.name} tổ chức {title}"
    sentence = ", ".join(part for part in (when, where, held) if part)
    return (
        f"{sentence[:1].upper()}{sentence[1:]}. "
        "Sau khi nghe báo cáo và ý kiến của các đại biểu, người chủ trì kết luận như sau:"
    )


def recipients_of(committee: Committee) -> str:
    """Return who gets a committee's notices."""
    keeper = committee.standing_unit.short_name if committee.standing_unit else committee.short_name
    return f"- Các thành viên {committee.short_name};\n- Các đơn vị được giao nhiệm vụ;\n- Lưu: VT, {keeper}."


def name_of(paper: Notice) -> str:
    """Return what an issued notice is called in another: «Thông báo số 05/TB-BCĐ ngày 10/03/2026»."""
    on = f" ngày {_written(paper.issued_on)}" if paper.issued_on else ""
    return f"Thông báo số {paper.symbol}{on}"


def subject_superseding(old: Notice) -> str:
    """Return the subject of the notice that supersedes another."""
    return f"{_RELATED.sub('', old.subject)} (thay thế {name_of(old)})"


def subject_supplementing(old: Notice) -> str:
    """Return the subject of the notice that supplements another."""
    return f"Bổ sung kết luận tại {name_of(old)} của {old.committee.short_name}"


def _is_subject(title: str) -> bool:
    """Say whether a title names the paper ("Kết luận của … tại …"), not the meeting."""
    return title.casefold().startswith("kết luận")


def _gathering(title: str, day: date | None) -> str:
    """Return a meeting's title as it stands behind «tại» or «chủ trì»; with its day where it names no time itself."""
    named = _lower(title)
    folded = named.casefold()
    if folded == "họp":
        named = "cuộc họp"
    elif folded.startswith(_MEETS):
        named = f"cuộc {named}" if folded.startswith("họp ") else f"cuộc họp {named}"
    elif folded.startswith("làm việc"):
        named = f"buổi {named}"
    elif named[:1].isupper():
        named = f"cuộc họp {named}"
    elif not folded.startswith(_GATHERINGS):
        named = f"cuộc họp về {named}"
    when = "" if day is None or re.search(r"\d", named) else f" ngày {_written(day)}"
    return f"{named}{when}"


def _chair_words(committee: Committee, meeting: Meeting | None) -> str:
    """Return the office in which the meeting was presided: the chair's, else the presider's own."""
    if meeting and meeting.presider_title and not meeting.presider_title.casefold().endswith(" ban"):
        return meeting.presider_title
    presider = meeting.presider_id if meeting else None
    found = [title for person, _name, title in signers(committee.id, today()) if presider in {None, person}]
    office = (meeting.presider_title if meeting else "") or (found[0] if found else "") or "Trưởng ban"
    # «Trưởng ban» of «Ban Chỉ đạo …» is written «Trưởng Ban Chỉ đạo …».
    if office.lower().endswith(" ban") and committee.short_name.startswith("Ban "):
        office = office[:-4]
    return f"{office} {committee.short_name}"


def _lower(title: str) -> str:
    """Return a title within a sentence; a name («Ban Chỉ đạo …», «UBND …») keeps its capital."""
    head, _, rest = title.partition(" ")
    return title if head.isupper() or rest[:1].isupper() else f"{head[:1].lower()}{head[1:]} {rest}".strip()


def _written(day: date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""
