"""The slip of a unit (phiếu công việc): its open tasks and parts on paper, each with a QR code to its page.

Papers are in Vietnamese for every reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.documents.pdf import render
from app.documents.qr_code import qr_svg
from app.documents.vietnamese import breakable, day, day_long, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from app.queries.task_papers import SlipPart, SlipTask

PART_HEADS = ("TT", "Nhiệm vụ", "Cần phối hợp việc gì", "Thời hạn", "Đơn vị chủ trì", "Mã QR")
HEADS = ("TT", "Nhiệm vụ", "Thời hạn", "Tình trạng", "Người phụ trách", "Mã QR")


@dataclass(frozen=True)
class UnitSlip:
    """One unit's tasks. `address`: of its list of open tasks; `late`, `near`: how many are overdue or nearly due.

    `parts`: what the unit was asked for tasks that others lead.
    """

    name: str
    address: str
    tasks: Sequence[SlipTask]
    late: int
    near: int
    parts: Sequence[SlipPart] = ()


@dataclass(frozen=True)
class Print:
    """What is printed by whom and when.

    `status`: a task's status in words, `part_status`: a part's; `page`: the address of a task's page.
    """

    authority: str
    committee: str
    printed_on: date
    status: Callable[[SlipTask], str]
    part_status: Callable[[SlipPart], str]
    page: Callable[[int], str]


def slips_pdf(slips: Sequence[UnitSlip], printed: Print) -> bytes:
    """Return the slips as one tagged PDF, each unit beginning on a page of its own."""
    return render("task_slip", slips_data(slips, printed))


def slips_data(slips: Sequence[UnitSlip], printed: Print) -> dict[str, Any]:
    """Return everything the template prints, as texts."""
    on = day(printed.printed_on)
    return {
        "title": f"Phiếu công việc: {slips[0].name}" if len(slips) == 1 else "Phiếu công việc của các đơn vị",
        "authority": printed.authority,
        "committee": printed.committee,
        "printed": f"In {day_long(printed.printed_on, printed.printed_on.year)}",
        "heads": HEADS,
        "part_heads": PART_HEADS,
        "parts_title": "Việc phối hợp chưa gửi kết quả",
        "units": [
            {
                "name": slip.name,
                "counts": _counts(slip),
                "qr": qr_svg(slip.address),
                "qr_alt": f"Mã QR mở danh sách nhiệm vụ của {slip.name}: {slip.address}",
                "rows": [_row(n, task, printed) for n, task in enumerate(slip.tasks, 1)],
                "parts": [_part(n, part, printed) for n, part in enumerate(slip.parts, 1)],
                "foot": f"{slip.name} · in ngày {on}",
            }
            for slip in slips
        ],
        "nothing": "Đơn vị không có nhiệm vụ nào đang mở.",
        "note": (
            "Quét mã QR để mở nhiệm vụ trên hệ thống, xem nội dung đầy đủ và báo cáo."
            " Thời hạn tính hết ngày ghi trong phiếu; tình trạng tính đến ngày in."
        ),
    }


def _counts(slip: UnitSlip) -> str:
    parts = [f"{number(len(slip.tasks))} nhiệm vụ đang mở"]
    if slip.late:
        parts.append(f"{number(slip.late)} quá hạn")
    if slip.near:
        parts.append(f"{number(slip.near)} sắp hoặc đến hạn")
    if slip.parts:
        parts.append(f"{number(len(slip.parts))} việc phối hợp")
    return ", ".join(parts) + "."


def _row(position: int, task: SlipTask, printed: Print) -> dict[str, Any]:
    address = printed.page(task.id)
    urgent = {"urgent": "KHẨN", "high": "Ưu tiên cao"}.get(task.priority, "")
    return {
        "number": str(position),
        "title": breakable(task.title),
        "note": breakable(" · ".join(part for part in (task.code, task.source, task.committee, urgent) if part)),
        "due": day(task.current_due) if task.current_due else "Định kỳ" if task.recurrence else "Không có hạn",
        "original": _original(task),
        "status": printed.status(task),
        "owner": breakable(task.owner or ""),
        "qr": qr_svg(address),
        "qr_alt": f"Mã QR mở nhiệm vụ {task.code}: {address}",
    }


def _part(position: int, part: SlipPart, printed: Print) -> dict[str, Any]:
    address = printed.page(part.task_id)
    return {
        "number": str(position),
        "title": breakable(part.title),
        "note": f"{part.code} · {part.committee}",
        "work": breakable(part.work or "Chưa nêu cụ thể: hỏi đơn vị chủ trì."),
        "due": day(part.due) if part.due else "Chưa có hạn riêng",
        "status": printed.part_status(part),
        "lead": breakable(part.lead),
        "qr": qr_svg(address),
        "qr_alt": f"Mã QR mở nhiệm vụ {part.code}: {address}",
    }


def _original(task: SlipTask) -> str:
    """Return what stands small below the due date: the original one where it moved, why there is none."""
    if not task.current_due:
        return breakable(task.no_due_reason)
    return f"ban đầu {day(task.original_due)}" if task.original_due and task.original_due != task.current_due else ""
