"""The attendance sheet of a meeting, to print and sign at the door. Papers are in Vietnamese for every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import local
from app.documents.pdf import render
from app.documents.qr_code import qr_svg
from app.documents.vietnamese import day
from workflows.invitation import ACCEPTED, DECLINED, DEPUTISED, INVITATION
from workflows.quorum import QUORUMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Attendance, Meeting
    from app.queries.attendance import Quorum

SPARE = 4
"""So many empty lines wait for guests whom nobody wrote down."""
HEADS = ("TT", "Họ và tên, chức vụ", "Trả lời giấy mời", "Ký tên")


def attendance_pdf(meeting: Meeting, authority: str, quorum: Quorum | None, address: str) -> bytes:
    """Return the sheet as a tagged PDF.

    :param authority: the name of the authority, above the committee's; `address` of the meeting's page, as a QR code.
    """
    return render("attendance", attendance_data(meeting, authority, quorum, address))


def attendance_data(meeting: Meeting, authority: str, quorum: Quorum | None, address: str) -> dict[str, Any]:
    """Return everything the template prints, as texts."""
    committee, starts = meeting.committee, local(meeting.starts_at)
    hour = f"{starts:%H} giờ {starts:%M}, " if meeting.hour_known else ""
    facts = [
        ("Cuộc họp", meeting.title),
        ("Thời gian", f"{hour}ngày {day(starts.date())}"),
        ("Địa điểm", meeting.place or meeting.link or "……………………"),
        ("Chủ trì", meeting.presided_by or "……………………"),
    ]
    return {
        "head": {
            "party": committee.profile == "party",
            "superior": committee.superior_body or authority,
            "body": committee.issuing_body or committee.name,
            "symbol": "",
            "place_and_day": "",
        },
        "title": "DANH SÁCH THÀNH PHẦN DỰ HỌP",
        "facts": facts,
        "qr": qr_svg(address),
        "qr_alt": f"Mã QR mở trang của cuộc họp: {address}",
        "heads": HEADS,
        "rows": [*_rows(meeting.attendances), *([str(len(meeting.attendances) + n), "\n", "", ""] for n in _spare())],
        "totals": _totals(meeting, quorum),
        "page": "Trang",
    }


def _spare() -> range:
    return range(1, SPARE + 1)


def _rows(attendances: Sequence[Attendance]) -> list[list[str]]:
    return [
        [str(number), f"{row.name}\n{row.title}" if row.title else row.name, _answer(row), "\n"]
        for number, row in enumerate(attendances, 1)
    ]


def _answer(row: Attendance) -> str:
    if row.state not in {ACCEPTED, DECLINED, DEPUTISED}:
        return ""
    words = INVITATION.by_name[row.state].label.vi
    return f"{words}: {row.deputy_name}" if row.deputy_name else words


def _totals(meeting: Meeting, quorum: Quorum | None) -> list[str]:
    lines = [f"Được mời: {len(meeting.attendances)} người. Có mặt: ………… Vắng có lý do: ………… Vắng: …………"]
    if quorum is not None:
        rule = QUORUMS[meeting.committee.quorum].vi
        lines.append(
            f"Số thành viên cần có mặt: {quorum.needed}/{quorum.members} ({rule[:1].lower()}{rule[1:]}). Có mặt: …………"
        )
    return [*lines, "Thư ký ký xác nhận: …………………………"]
