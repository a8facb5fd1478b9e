"""The demo's proposals (tờ trình): one in each hand, all invented."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import telling
from app.db import session
from app.demo.cast import PRESIDERS, Cast, at
from app.models import Meeting, Proposal
from app.services.moves import make_move
from app.services.proposals import Draft, Step, write_proposal
from workflows.meeting import PLANNED

if TYPE_CHECKING:
    from datetime import date

COMMITTEE = "bcd"


MEETING_ROOM = Draft(
    title="Di chuyển, nâng cấp phòng họp trực tuyến của phường",
    symbol="31/TTr-VP",
    necessity="Phòng họp hiện tại 22 chỗ, micro và camera cấp năm 2013 thường hỏng giữa phiên; "
    "6 phiên gần nhất đều phải mượn phòng của Nhà văn hóa.",
    grounds="Kế hoạch ứng dụng công nghệ thông tin của phường\nKết luận giao ban Ban Chỉ đạo tháng thứ nhất",
    content="Chuyển sang phòng tầng 3 (48 chỗ), dùng lại màn hình, thay 02 camera và 12 micro.\n"
    "Đã so sánh với phương án sửa tại chỗ: rẻ hơn 40 triệu đồng nhưng không tăng được số chỗ.",
    effectiveness="Không phải mượn phòng; đủ chỗ cho các tổ dân phố dự họp trực tuyến với tỉnh.",
    cost=186_500_000,
    funding="Ngân sách phường, chi thường xuyên",
)
SECURITY = Draft(
    title="Thuê dịch vụ giám sát an toàn thông tin dùng chung với các phường lân cận",
    symbol="08/TTr-CA",
    necessity="Trong quý, thư điện tử của phường nhận 412 thư giả mạo; phường không có cán bộ chuyên trách.",
    content="Thuê dịch vụ giám sát 24/7 trong 24 tháng, chia chi phí với hai phường lân cận.",
    effectiveness="Chi phí mỗi phường bằng một phần ba so với thuê riêng.",
    cost=420_000_000,
    funding="Đề nghị tỉnh hỗ trợ 50%, còn lại ngân sách phường",
    steps=(Step(None, None, "Thống nhất với hai phường, ký hợp đồng chung"),),
)
KIOSK = Draft(
    title="Trang bị máy lấy số tự động và màn hình tra cứu hồ sơ tại Trung tâm Phục vụ hành chính công",
    symbol="15/TTr-TTPVHCC",
    necessity="Mỗi ngày 140 lượt giao dịch, giờ cao điểm người dân chờ trên 45 phút mà không biết lượt của mình.",
    grounds="Kế hoạch cải cách hành chính năm tới",
    content="Mua 01 máy lấy số, 02 màn hình 43 inch; phần mềm dùng chung của tỉnh, không phải trả phí.",
    effectiveness="Giảm thời gian chờ trung bình còn dưới 20 phút.",
    cost=68_000_000,
    funding="Ngân sách phường năm tới",
    steps=(Step(None, None, "Mua sắm, lắp đặt"),),
)
TABLETS = Draft(
    title="Thay thế máy tính bảng đã hỏng của đại biểu Hội đồng nhân dân phường",
    symbol="12/TTr-VHXH",
    necessity="52 máy cấp năm 2012; kiểm kê cho thấy 41 máy không còn cài được phần mềm họp.",
    content="Mua 30 máy mới, dùng chung giữa các kỳ họp; thanh lý 41 máy hỏng.",
    effectiveness="Không phải in khoảng 9.000 trang tài liệu mỗi kỳ họp.",
    cost=1_250_000_000,
    funding="Ngân sách phường năm tới",
    steps=(Step(None, None, "Thẩm định giá, đấu thầu, bàn giao trước kỳ họp giữa năm"),),
)


def tell_proposals(cast: Cast, now_on: date) -> None:
    """Let units propose: one is approved, one lies with the province, one is on the next agenda, one was sent back."""
    days = cast.calendar.add_working_days
    _approved(cast, now_on)
    _refer(cast, _submitted(cast, "ca", "congan", SECURITY, days(now_on, -14)), days(now_on, -11))
    waiting = _submitted(cast, "hcc", "motcua", KIOSK, days(now_on, -6))
    _move(cast, waiting, days(now_on, -4), "check", {"opinion": "Đủ điều kiện trình; đề nghị nêu rõ nơi đặt máy."})
    committee = cast.committees[COMMITTEE]
    planned = select(Meeting.id).where(Meeting.state == PLANNED, Meeting.committee_id == committee.id)
    meeting = session.scalars(planned.order_by(Meeting.id.desc())).first()
    if meeting is not None:
        _move(cast, waiting, days(now_on, -1), "put_on", {"meeting": meeting}, hour=15)
    back = _submitted(cast, "vhxh", "donvi", TABLETS, days(now_on, -5))
    reason = "Bổ sung phương án thuê máy để so sánh và ít nhất ba báo giá."
    _move(cast, back, days(now_on, -2), "ask", {"reason": reason})


def _approved(cast: Cast, now_on: date) -> None:
    """Let the office's proposal be approved with conditions and a task that comes of it."""
    days = cast.calendar.add_working_days
    steps = (
        Step(days(now_on, -10), days(now_on, 5), "Lập hồ sơ, lựa chọn nhà thầu"),
        Step(days(now_on, 6), days(now_on, 30), "Lắp đặt, chạy thử, bàn giao"),
    )
    proposal = _submitted(cast, "vp", "chanhvp", replace(MEETING_ROOM, steps=steps), days(now_on, -18))
    opinion = "Hồ sơ đủ; mức chi phù hợp dự toán được giao."
    _move(cast, proposal, days(now_on, -16), "check", {"opinion": opinion})
    given = {
        "conditions": "Dùng lại toàn bộ màn hình còn tốt.\nHoàn thành trước kỳ họp trực tuyến với tỉnh.",
        "task": "Lắp đặt, chạy thử và bàn giao phòng họp trực tuyến tầng 3.",
        "task_due": days(now_on, 12),
    }
    _move(cast, proposal, days(now_on, -15), "approve", given, login=PRESIDERS[COMMITTEE])


def _refer(cast: Cast, proposal: Proposal, day: date) -> None:
    given = {"referred_to": "Sở Khoa học và Công nghệ", "remark": "Mức chi vượt thẩm quyền của phường."}
    _move(cast, proposal, day, "refer", given, login=PRESIDERS[COMMITTEE])


def _submitted(cast: Cast, unit: str, login: str, draft: Draft, day: date) -> Proposal:
    """Let a unit's head write a proposal in the morning and submit it in the afternoon."""
    with telling(at(day, 9)):
        proposal = write_proposal(cast.committees[COMMITTEE], cast.units[unit], draft, cast.people[login])
    with telling(at(day, 15)):
        make_move(proposal, "submit", actor=cast.actor(login))
    return proposal


def _move(  # noqa: PLR0913 -- who does what with which, on which day
    cast: Cast,
    proposal: Proposal,
    day: date,
    event: str,
    given: dict[str, Any],
    *,
    login: str = "thuky",
    hour: int = 10,
) -> None:
    with telling(at(day, hour)):
        make_move(proposal, event, given, actor=cast.actor(login))
