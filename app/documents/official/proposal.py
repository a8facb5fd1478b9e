"""The submission for approval (tờ trình) of a unit to a committee: as it is written now, or as it was submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from app.clock import day_of, today
from app.db import session
from app.documents.official.model import Head, Level, Official, Paragraph, Signature
from app.documents.vietnamese import day, day_long, number
from app.models import Authority, Office
from app.queries.kinds import OFFICES
from app.services.proposals import content_of
from workflows.proposal import EDITABLE, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.models import Proposal, ProposalSubmission, Unit

TYPE = "TTr"
_ROOM = "……"
_HEADS = ("head", "deputy_head")


@dataclass(frozen=True)
class ProposalText:
    """What a proposal says; an empty part is left out. `asks`: what is to be approved, one thing an entry."""

    subject: str
    addressed: str
    grounds: str = ""
    necessity: str = ""
    content: str = ""
    effectiveness: str = ""
    cost: str = ""
    roadmap: str = ""
    asks: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def proposal_paper(
    head: Head, words: ProposalText, signature: Signature, recipients: tuple[str, ...], *, draft: bool = False
) -> Official:
    """Return a proposal in the form of its issuer: grounds, necessity, what is proposed, effectiveness, money, roadmap.

    The standing agency of a Party committee writes its proposals in the state's form (its own head says which).
    """
    parts = (
        ("Sự cần thiết", words.necessity), ("Nội dung đề nghị phê duyệt", words.content),
        ("Hiệu quả", words.effectiveness),
        ("Kinh phí và nguồn kinh phí", words.cost), ("Lộ trình thực hiện", words.roadmap),
    )  # fmt: skip
    text = [*_lines(words.grounds)]
    text += [
        paragraph
        for n, (title, said) in enumerate([part for part in parts if part[1].strip()], 1)
        for paragraph in (Paragraph(Level.TITLE, title, f"{n}."), *_lines(said))
    ]
    if words.asks:
        text.append(Paragraph(Level.TITLE, "Kiến nghị", f"{sum(bool(said.strip()) for _, said in parts) + 1}."))
        text += [Paragraph(Level.DASH, ask, "-") for ask in words.asks]
    end = "." if head.party else "./."
    closing = [Paragraph(Level.TEXT, f"Kính trình {words.addressed} xem xét, quyết định{'' if words.papers else end}")]
    if words.papers:
        closing.append(Paragraph(Level.TEXT, f"(Kèm theo: {'; '.join(words.papers)}){end}"))
    return Official(
        head=head,
        kind="TỜ TRÌNH",
        subject=words.subject,
        addressed=(f"{words.addressed}.",),
        text=tuple(text),
        closing=tuple(closing),
        signature=signature,
        recipients=recipients,
        draft=draft,
    )


def paper_of(proposal: Proposal, submission: ProposalSubmission | None = None) -> Official:
    """Return a proposal as its unit's paper: as submitted, or, without a submission, as it is now.

    What the unit may still change, and what was withdrawn, is marked as a draft. Its number and day are the unit's:
    room is left for what is not typed.
    """
    last = proposal.submissions[-1] if proposal.submissions and proposal.state not in EDITABLE else None
    kept = submission or last
    content: Mapping[str, Any] = kept.content if kept else content_of(proposal)
    on = day_of(kept.at) if kept else None
    words = ProposalText(
        subject=content["title"],
        addressed=proposal.committee.name,
        grounds=_closed(content["grounds"]),
        necessity=content["necessity"],
        content=content["content"],
        effectiveness=content["effectiveness"],
        cost=_money(content),
        roadmap="\n".join(_step(step) for step in content["steps"]),
        papers=tuple(content["papers"]),
    )
    draft = kept is None or proposal.state == WITHDRAWN
    signer = (kept.by_id, kept.by.full_name) if kept else None
    return proposal_paper(
        _head(proposal.unit, content["symbol"], on), words, _signature(proposal.unit, signer, on or today()),
        ("- Như trên;", f"- Lưu: VT, {proposal.unit.short_name}."), draft=draft,
    )  # fmt: skip


def _head(unit: Unit, symbol: str, on: date | None) -> Head:
    authority = session.get_one(Authority, unit.authority_id)
    blank = f"{_ROOM}/{TYPE}-{_letters(unit.short_name)}"
    return Head(
        party=False,
        superior=authority.name,
        issuer=unit.name,
        symbol=f"Số: {symbol or blank}",
        place_and_day=", ".join(part for part in (authority.place, day_long(on, (on or today()).year)) if part),
    )


def _letters(short_name: str) -> str:
    """Return a unit's short name as a symbol takes it: «P. VHXH» gives VHXH, «Văn phòng» gives VP."""
    parts = short_name.replace(".", " ").split()
    long = [part for part in parts if len(part) > 1]
    return long[-1] if long and long[-1].isupper() else "".join(part[0].upper() for part in parts)


def _signature(unit: Unit, signer: tuple[int, str] | None, on: date) -> Signature:
    """Return the head's office above the name; a deputy signs for the head (KT., Decree 30/2020, annex I, II.7)."""
    query = select(Office.person_id, Office.kind, Office.title).where(
        Office.unit_id == unit.id,
        Office.kind.in_(_HEADS),
        Office.from_on <= on,
        or_(Office.to_on.is_(None), Office.to_on >= on),
    )
    held = {kind: (person, title or OFFICES[kind].vi) for person, kind, title in session.execute(query)}
    chief = held.get("head", (0, OFFICES["head"].vi))[1].upper()
    mine = next((title for person, kind, title in session.execute(query) if signer and person == signer[0]), None)
    deputy = signer and held.get("head", (0, ""))[0] != signer[0] and mine is not None
    lines = (f"KT. {chief}", (mine or OFFICES["deputy_head"].vi).upper()) if deputy else (chief,)
    return Signature(lines, signer[1] if signer else "")


def _closed(grounds: str) -> str:
    """Return the grounds as papers write them: «Căn cứ …;», one a line."""
    lines = [line.strip().rstrip(";. ") for line in grounds.splitlines() if line.strip()]
    return "\n".join(f"{line if line.lower().startswith('căn cứ') else f'Căn cứ {line}'};" for line in lines)


def _money(content: Mapping[str, Any]) -> str:
    cost, funding = content["cost"], content["funding"]
    said = "" if cost is None else f"Tổng kinh phí dự kiến: {number(cost)} đồng."
    return "\n".join(part for part in (said, f"Nguồn kinh phí: {funding}." if funding else "") if part)


def _step(step: Mapping[str, str]) -> str:
    """Return a row of the roadmap: days as days, words as they were typed («Từ quý I/2027 đến hết quý II/2027»)."""
    first, last = (_when(step, name) for name in ("begins", "ends"))
    parts = (("Từ", first), ("đến" if first else "Đến", last))
    days = " ".join(f"{word} {said}" for word, said in parts if said)
    return f"{days}: {step['work']}." if days else f"{step['work']}."


def _when(step: Mapping[str, str], name: str) -> str:
    typed, read = step.get(f"{name}_text", ""), step[f"{name}_on"]
    return typed or (f"ngày {day(date.fromisoformat(read))}" if read else "")


def _lines(said: str) -> list[Paragraph]:
    return [Paragraph(Level.TEXT, line.strip()) for line in said.splitlines() if line.strip()]
