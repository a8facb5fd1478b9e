"""What surrounds the text of an official paper: issuer, number, day, recipients, signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.documents.vietnamese import NBSP, day_long

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.queries.account import Issuer
    from app.queries.signing import Signature

PARTY = "party"
TYPE = "BC"


@dataclass(frozen=True)
class Paper:
    """How far a report has come: its number once issued, its signature once signed, else a mark on top."""

    year: int
    symbol: str | None = None
    issued_on: date | None = None
    signature: Signature | None = None
    mark: str = ""
    recipients: Sequence[str] = field(default_factory=tuple)


def frame_of(issuer: Issuer, paper: Paper, subject: str) -> dict[str, Any]:
    """Return head, title, recipients and signature as the Typst templates take them."""
    party = issuer.profile == PARTY
    return {
        "head": {
            "party": party,
            "superior": issuer.superior_body,
            "body": issuer.issuing_body,
            "symbol": _symbol(issuer, paper),
            "place_and_day": ", ".join(part for part in (issuer.place, day_long(paper.issued_on, paper.year)) if part),
        },
        "title": {"kind": "BÁO CÁO", "subject": subject},
        "draft": paper.mark,
        "recipients": _recipients(paper, party=party),
        "signature": {
            "lines": paper.signature.lines if paper.signature else [],
            "name": paper.signature.name if paper.signature else "",
        },
    }


def _symbol(issuer: Issuer, paper: Paper) -> str:
    """Return the line of the number: «Số: 05/BC-BCĐ», Party «Số 05-BC/BCĐ»; before issue with room for it."""
    if issuer.profile == PARTY:
        return f"Số {paper.symbol or f'{NBSP * 6}-{TYPE}/{issuer.symbol}'}"
    return f"Số: {paper.symbol or f'{NBSP * 6}/{TYPE}-{issuer.symbol}'}"


def _recipients(paper: Paper, *, party: bool) -> list[str]:
    """Return who gets it, the archive last (Decree 30/2020, annex I, II.9)."""
    last = "Lưu." if party else "- Lưu: VT."
    return [*(f"- {name};" for name in paper.recipients), last]


def end_of_text(issuer: Issuer) -> str:
    """Return the mark that closes a text: "./." of state papers, "." of the Party's."""
    return "." if issuer.profile == PARTY else "./."
