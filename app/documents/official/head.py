"""The head of a committee's paper: who issues it, its number, its place and day, in the form of its issuer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.documents.official.model import Head
from app.documents.vietnamese import day_long
from app.models import Authority

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee

PARTY = "party"
_ROOM = "……"
"""Where the number goes that is not there yet."""


def head_of(  # noqa: PLR0913 -- what a head may say, all named
    committee: Committee,
    doc_type: str,
    *,
    symbol: str | None = None,
    on: date | None = None,
    year: int,
    about: str = "",
    urgency: str = "",
) -> Head:
    """Return the head of a paper of a type (TB, GM, BB …); without number or day with room for them.

    State: «Số: 05/TB-BCĐ»; Party: «Số 05-TB/BCĐ» (Decree 30/2020, annex I, II.3; Instruction 05-HD/VPTW).
    """
    party = is_party(committee)
    own = committee.symbol
    blank = f"{_ROOM}-{doc_type}/{own}" if party else f"{_ROOM}/{f'{doc_type}-' if doc_type else ''}{own}"
    place = session.get_one(Authority, committee.authority_id).place
    return Head(
        party=party,
        superior=committee.superior_body,
        issuer=committee.issuing_body or committee.name,
        symbol=f"{'Số' if party else 'Số:'} {symbol or blank}",
        place_and_day=", ".join(part for part in (place, day_long(on, year)) if part),
        about=about,
        urgency=urgency,
    )


def is_party(committee: Committee) -> bool:
    """Say whether the committee issues in the form of the Party."""
    return committee.profile == PARTY


def ended(committee: Committee, text: str) -> str:
    """Return the last words of a text with the mark that closes it: "./." of state papers, "." of the Party's."""
    return f"{text.rstrip(' ./')}{'.' if is_party(committee) else './.'}"


def kept_at(committee: Committee) -> str:
    """Return the last line of the recipients: where the paper is kept; the Party writes no colon and no VT."""
    keeper = committee.standing_unit.short_name if committee.standing_unit else committee.short_name
    return f"- Lưu {keeper}." if is_party(committee) else f"- Lưu: VT, {keeper}."
