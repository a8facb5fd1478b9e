"""A month as a file: the same account as the page, as PDF or workbook, with as much of a paper as it has become."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.clock import day_of, local, today
from app.documents.paper import Paper
from app.documents.report_pdf import monthly_pdf
from app.documents.report_xlsx import monthly_xlsx
from app.queries.signing import signature_of
from app.text import fold
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.models import Committee, MonthlyReport
    from app.queries.account import Account
    from app.queries.kept_months import Since
    from app.services.reports import Shown
    from workflows.periods import Period

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WRITERS: dict[str, Callable[[Account, Paper], bytes]] = {"pdf": monthly_pdf, "xlsx": monthly_xlsx}
UNSIGNED = "(Dự thảo, số liệu chưa chốt)"


class ReportFile(NamedTuple):
    """A file to give away."""

    content: bytes
    name: str
    media_type: str


def report_file(
    shown: Shown, committee: Committee, period: Period, report: MonthlyReport | None, kind: str
) -> ReportFile:
    """Return the month, as it is shown, as a file of a kind (pdf, xlsx)."""
    content = WRITERS[kind](shown.account, paper_of(committee, period, report, shown.since))
    symbol = fold(committee.symbol).replace(" ", "-").replace("/", "-")
    return ReportFile(content, f"bao-cao-{symbol}-{period.end:%Y-%m}.{kind}", MEDIA[kind])


def paper_of(committee: Committee, period: Period, report: MonthlyReport | None, since: Since | None = None) -> Paper:
    """Return how far the report has come as a paper: numbered, signed, or a draft that says so.

    :param since: since when its figures are, where they are not of now.
    """
    signed = report is not None and report.state in FROZEN
    signer = report.signer_id if report and signed else None
    on = day_of(report.signed_at) if report and report.signed_at else today()
    recipients = [f"Các thành viên {committee.name}"]
    if committee.standing_unit is not None:
        recipients.append(committee.standing_unit.name)
    return Paper(
        year=period.end.year,
        symbol=report.symbol if report else None,
        issued_on=report.issued_on if report else None,
        signature=signature_of(committee, signer, on),
        mark="" if signed else _unsigned(since),
        recipients=recipients,
    )


def _unsigned(since: Since | None) -> str:
    if since is None:
        return UNSIGNED
    return f"(Dự thảo, số liệu lúc {local(since.computed_at):%H giờ %M ngày %d/%m/%Y}, chưa chốt)"
