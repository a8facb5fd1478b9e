"""Whether a notice that is about to be drafted is in the system already: the same file, text, or number and day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.db import session
from app.models import Attachment, Notice, StoredFile
from workflows.notice import DROPPED, NOTICE

if TYPE_CHECKING:
    from collections.abc import Collection

SOURCE = "source"
"""As what the file is attached that a notice was read from."""
_HEAD = 2_500
"""So many characters from the beginning hold number and day; further down other papers are named."""
_NUMBER = re.compile(r"\bSố\s*:?\s*(\d{1,6})\s*([-/]\s*[^\W\d_][^\s,;()]*)", re.IGNORECASE)
_DAY = re.compile(r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)


def same_notice(committee_id: int, known_among: Collection[int], text: str, sha256: str) -> Notice | None:
    """Return a notice that says the same, or None.

    The same file or the same text in any of the committees `known_among`; the same number and day (where the text
    names one) in this committee.
    """
    of_file = (
        select(Attachment.subject_id)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.subject == NOTICE.name, Attachment.role == SOURCE, StoredFile.sha256 == sha256)
    )
    query = (
        select(Notice)
        .where(
            Notice.committee_id.in_(known_among),
            Notice.state != DROPPED,
            or_(Notice.pasted == text, Notice.id.in_(of_file)) if sha256 else Notice.pasted == text,
        )
        .order_by(Notice.id.desc())
        .limit(1)
    )
    return session.scalar(query) or _same_number(committee_id, text[:_HEAD])


def _same_number(committee_id: int, head: str) -> Notice | None:
    found, day = _NUMBER.search(head), _day_in(head)
    if found is None:
        return None
    query = select(Notice).where(Notice.committee_id == committee_id, Notice.number == int(found[1]))
    wanted = _plain(found[1] + found[2])
    same = (paper for paper in session.scalars(query) if _plain(paper.symbol or "") == wanted)
    return next((paper for paper in same if day in {None, paper.issued_on}), None)


def _plain(symbol: str) -> str:
    return "".join(symbol.split()).lstrip("0").rstrip(".").casefold()


def _day_in(head: str) -> date | None:
    found = _DAY.search(head)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
