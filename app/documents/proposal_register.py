"""The register of proposals (sổ theo dõi tờ trình) as a workbook or as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import day_of
from app.documents.csv_file import csv_file
from app.documents.vietnamese import day
from app.documents.xlsx import Sheet, workbook
from workflows.proposal import PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.documents.xlsx import Cell
    from app.models import Proposal

TITLE = "SỔ THEO DÕI TỜ TRÌNH"
HEADS = (
    "TT", "Số, ký hiệu", "Tên tờ trình", "Đơn vị trình", "Kính gửi", "Ngày trình", "Kinh phí (đồng)",
    "Nguồn kinh phí", "Tình trạng", "Ngày quyết định", "Điều kiện, lý do",
)  # fmt: skip
WIDTHS = (5, 16, 50, 28, 28, 12, 18, 28, 20, 12, 40)


def proposal_register(rows: Sequence[Proposal], on: date, kind: str) -> bytes:
    """Return the register as it stands on a day, in the order of the list, as a workbook or as CSV (`kind`)."""
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    if kind == "csv":
        return csv_file(HEADS, lines)
    sheet = Sheet(
        name="Tờ trình", title=TITLE, heads=[HEADS], rows=lines, widths=WIDTHS, lead=[f"Tính đến ngày {day(on)}"]
    )
    return workbook([sheet], TITLE)


def _line(number: int, row: Proposal) -> Sequence[Cell]:
    return (
        number,
        row.symbol,
        row.title,
        row.unit.name,
        row.committee.name,
        day_of(row.submitted_at) if row.submitted_at else None,
        row.cost,
        row.funding,
        PROPOSAL.by_name[row.state].label.vi,
        day_of(row.ruled_at) if row.ruled_at else None,
        row.conditions or row.ruling_reason,
    )
