"""The submission for approval (tờ trình) of a unit to a committee; the writer alone, for whoever has the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.documents.official.model import Level, Official, Paragraph, Signature

if TYPE_CHECKING:
    from app.documents.official.model import Head


@dataclass(frozen=True)
class ProposalText:
    """What a proposal says; an empty part is left out. `asks`: what is to be approved, one thing an entry."""

    subject: str
    addressed: str
    necessity: str = ""
    effectiveness: str = ""
    cost: str = ""
    roadmap: str = ""
    asks: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


def proposal_paper(head: Head, words: ProposalText, signature: Signature, recipients: tuple[str, ...]) -> Official:
    """Return a proposal in the form of its issuer: necessity, effectiveness, cost and source, roadmap, what is asked.

    The standing agency of a Party committee writes its proposals in the state's form (its own head says which).
    """
    parts = (
        ("Sự cần thiết", words.necessity), ("Hiệu quả", words.effectiveness),
        ("Kinh phí và nguồn kinh phí", words.cost), ("Lộ trình thực hiện", words.roadmap),
    )  # fmt: skip
    text = [
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
    )


def _lines(said: str) -> list[Paragraph]:
    return [Paragraph(Level.TEXT, line.strip()) for line in said.splitlines() if line.strip()]
