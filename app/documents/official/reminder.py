"""The reminder slip (phiếu đôn đốc): a unit's overdue tasks, asked for on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.documents.official.head import ended, head_of, is_party, kept_at
from app.documents.official.model import Column, Level, Official, Paragraph, Signature, Table
from app.documents.vietnamese import day, number
from app.queries.calendars import clock_of
from app.queries.paper_numbers import SLIP, slip_number
from app.queries.signing import signature_of, signers_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Committee, Unit
    from app.queries.task_list import TaskRow

COLUMNS = (
    Column("TT", 11, centred=True),
    Column("Mã", 25),
    Column("Nhiệm vụ", 61),
    Column("Hạn ban đầu", 25, centred=True),
    Column("Thời hạn", 25, centred=True),
    Column("Số ngày quá hạn", 18, centred=True),
)


def reminder_paper(committee: Committee, unit: Unit, tasks: Sequence[TaskRow], on: date) -> Official:
    """Return the slip for a unit's overdue tasks of a committee as they stand on a day; without a number a draft."""
    clock = clock_of(committee)
    rows = tuple(
        (str(n), task.code, task.title, day(task.original_due), day(task.current_due),
         number(clock.days_late(task.current_due, on)) if task.current_due else "")
        for n, task in enumerate(tasks, 1)
    )  # fmt: skip
    asked = committee.standing_unit.name if committee.standing_unit else committee.name
    numbered = slip_number(unit.id, committee.id, on)
    signed = signature_of(committee, next((person for person, _name in signers_of(committee, on)), None), on)
    return Official(
        head=head_of(committee, SLIP, symbol=numbered.symbol if numbered else None, on=on, year=on.year),
        kind="PHIẾU ĐÔN ĐỐC",
        subject=f"{'v' if is_party(committee) else 'V'}iệc thực hiện nhiệm vụ quá hạn",
        addressed=(f"{unit.name}.",),
        text=(
            Paragraph(
                Level.TEXT,
                f"Qua theo dõi việc thực hiện kết luận, chỉ đạo của {committee.name}, đến ngày {day(on)} "
                f"{unit.name} còn {len(tasks):02d} nhiệm vụ đã quá thời hạn mà chưa báo cáo hoàn thành, cụ thể:",
            ),
        ),
        table=Table(COLUMNS, rows),
        closing=(
            Paragraph(
                Level.TEXT,
                f"Đề nghị {unit.name} khẩn trương thực hiện các nhiệm vụ nêu trên; báo cáo kết quả, nguyên nhân chậm "
                f"và thời gian hoàn thành về {asked} trong 03 ngày làm việc kể từ ngày nhận được phiếu này "
                "để tổng hợp, báo cáo người chủ trì xem xét.",
            ),
            Paragraph(Level.TEXT, ended(committee, f"{committee.name} đề nghị quý đơn vị phối hợp thực hiện")),
        ),
        signature=Signature(tuple(signed.lines), signed.name),
        recipients=("- Như trên;", kept_at(committee)),
        draft=numbered is None,
    )
