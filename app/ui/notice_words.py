"""What is said about notices: what is missing, from which words a suggestion was read, what happened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.models.ledger import FAILED, PENDING, SENDING, SENT
from app.queries.notices import UNSEEN
from app.services.clause_proposals import CONTINUES, KEPT_DUE, PAST_DUE
from app.ui.formats import cited_place, cited_place_first, day
from app.ui.formats import words as words_of
from app.ui.task_history import Moment
from workflows.notice import NOTICE
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.models import Conclusion, Task
    from app.queries.notices import ClauseView, Missing, PaperEvent
    from app.queries.ruling_details import Clause

COMPOSED = Words("đã lập dự thảo", "composed the draft")
FLAGS = {flag.name: flag.words for row in NOTICE.transitions for flag in row.flags}
ICONS = {
    "submit": "send",
    "sign": "signature",
    "issue": "rosette-discount-check",
    "enter": "archive",
    "return": "arrow-back-up",
    "unsign": "arrow-back-up",
    "attach_copy": "paperclip",
}


def missing_words(item: Missing) -> str:
    """Return what must be done before a draft can be submitted."""
    at = cited_place_first(item.clause.address) if item.clause else ""
    if item.clause and item.what == "due" and (gone := past_due_of(item.clause)):
        return _("%(at)s: ngày %(day)s đã qua; nhập thời hạn mới, hoặc nêu lý do không có hạn", at=at, day=gone)
    said = {
        "signer": _("Chọn người ký"),
        "subject": _("Nhập trích yếu"),
        "clauses": _("Thêm ít nhất một kết luận"),
        "outcome": _("%(at)s: nói rõ dẫn đến việc gì", at=at),
        "closed": _("%(at)s: nhiệm vụ được tiếp tục đã kết thúc, hãy chọn lại", at=at),
        "lead": _("%(at)s: chọn đơn vị chủ trì", at=at),
        "due": _("%(at)s: nhập thời hạn, hoặc nêu lý do không có hạn", at=at),
        "past_due": _("%(at)s: thời hạn đã qua, hãy chọn lại", at=at),
        UNSEEN: _(
            "Rà soát các kết luận chưa xem, từ %(at)s", at=cited_place(item.clause.address) if item.clause else ""
        ),
        "doubled": _("%(at)s: đang giữ nhiệm vụ cũ thì chọn «Tiếp tục một nhiệm vụ đang mở»", at=at),
        "replaced": _("Với mỗi nhiệm vụ của thông báo bị thay thế: chọn giữ, điều chỉnh hoặc thu hồi"),
        "awaiting": _(
            "%(code)s đang chờ xác nhận: xin Trưởng ban quyết định trước khi trình",
            code=item.task.code if item.task else "",
        ),
    }
    return said[item.what]


def past_due_of(clause: Conclusion) -> str:
    """Return the day of a deadline in a clause's words that was over when they were read; empty for none."""
    said = clause.because.get(PAST_DUE)
    return day(date.fromisoformat(said["day"])) if said else ""


def gap_words(gap: str, clause: Conclusion) -> str:
    """Return what a clause lacks, in two or three words."""
    if gap == "due" and (gone := past_due_of(clause)):
        return _("ngày %(day)s đã qua", day=gone)
    return {
        "outcome": _("chưa rõ dẫn đến việc gì"),
        "closed": _("nhiệm vụ được tiếp tục đã kết thúc"),
        "lead": _("chưa có đơn vị chủ trì"),
        "due": _("chưa có thời hạn"),
        "past_due": _("thời hạn đã qua"),
    }[gap]


def strange_words(clause: Conclusion, row: Task) -> str:
    """Return what to look at where a clause goes with a task that another unit leads."""
    named = clause.lead_unit or clause.lead_group
    return _(
        "Nhiệm vụ %(code)s do %(leads)s chủ trì, còn mục này nêu %(named)s. Hãy kiểm tra có đúng việc ấy không.",
        code=row.code,
        leads=row.lead_unit.name,
        named=named.name if named else "",
    )


NO_SUGGESTION = frozenset({"unmatched", KEPT_DUE, PAST_DUE})
"""What is kept beside a clause's suggestions and is none itself."""


def suggestion_notes(clause: Conclusion) -> dict[str, str]:
    """Return, by field, from which words the reader took its suggestion, and how sure it was."""
    notes = {name: _read_from(said) for name, said in clause.because.items() if name not in NO_SUGGESTION}
    if "lead" in clause.because and clause.lead_unit_id is None and clause.lead_group_id is None:
        notes["lead"] = _(
            "Đọc được «%(words)s» nhưng chưa khớp đơn vị nào trong danh mục. Hãy chọn đơn vị.",
            words=clause.because["lead"]["words"],
        )
    if clause.due_text and clause.due_on is None and "due" not in clause.because:
        notes["due"] = _(
            "Tại phòng họp đã gõ «%(words)s», chưa đọc được thành ngày. Hãy gõ ngày, hoặc ghi lý do không có thời hạn.",
            words=clause.due_text,
        )
    if clause.due_on is None and (gone := past_due_of(clause)):
        notes["due"] = (
            _(
                "Câu chữ ghi «%(words)s», ngày %(day)s đã qua. Để trống thì giữ thời hạn hiện nay của nhiệm vụ.",
                words=clause.because[PAST_DUE]["words"],
                day=gone,
            )
            if clause.outcome == CONTINUES
            else _(
                "Câu chữ ghi «%(words)s», ngày %(day)s đã qua nên không lấy làm thời hạn. Hãy nhập thời hạn mới,"
                " hoặc ghi lý do không có thời hạn.",
                words=clause.because[PAST_DUE]["words"],
                day=gone,
            )
        )
    if unmatched := clause.because.get("unmatched"):
        notes["coordinating"] = _("Chưa khớp đơn vị nào: %(names)s.", names="; ".join(unmatched))
    return notes


def _read_from(said: dict[str, str]) -> str:
    words = said["words"]
    if said.get("sure") == "low":
        return _("Phỏng đoán từ «%(words)s»: hãy kiểm tra.", words=words)
    if said.get("sure") == "medium":
        return _("Có thể là «%(words)s»: hãy kiểm tra.", words=words)
    return _("Đọc từ «%(words)s».", words=words)


def steps_before_submission(missing: Sequence[Missing], views: Sequence[ClauseView], page: str) -> list[dict[str, Any]]:
    """Return the checklist of a draft; each missing thing links to its place."""
    steps: list[dict[str, Any]] = [
        {"words": missing_words(item), "done": False, "href": _href(item, page)}
        for item in missing
        if item.what != UNSEEN
    ]
    historic = any(view.clause.notice.historic for view in views)
    reviewed = sum(view.clause.reviewed for view in views)
    if views:
        unseen = next((view for view in views if not view.clause.reviewed), None)
        steps.append(
            {
                "words": _("Rà soát %(done)s/%(all)s kết luận", done=reviewed, all=len(views)),
                "done": unseen is None,
                "href": f"{page}?clause={unseen.clause.id}#{unseen.anchor}" if unseen else "",
                "note": "" if unseen is None else _seen_first(historic=historic),
            }
        )
    if not missing:
        enough = _("Đủ nội dung để ghi vào sổ") if historic else _("Đủ nội dung để trình ký")
        steps.insert(0, {"words": enough, "done": True, "href": ""})
    return steps


def _seen_first(*, historic: bool) -> str:
    return _("phải xem hết trước khi ghi vào sổ") if historic else _("phải xem hết trước khi trình ký")


def _href(item: Missing, page: str) -> str:
    if item.task is not None:
        return url_for("tasks.show", task_id=item.task.id)
    if item.clause is not None:
        return f"{page}?clause={item.clause.id}#{item.clause.address}"
    return {"clauses": "#add-text"}.get(item.what, f"#{item.what}")


def moments(events: Iterable[PaperEvent], system: str) -> list[Moment]:
    """Return the timeline of a notice."""
    return [_moment(line, system) for line in events]


def _moment(line: PaperEvent, system: str) -> Moment:
    event = line.event
    rows = NOTICE.by_event.get(event.event)
    data = event.data
    changes = [_("Số, ký hiệu: %(symbol)s", symbol=data["symbol"])] if data.get("symbol") else []
    if data.get("tasks"):
        changes.append(ngettext("Giao %(num)d nhiệm vụ", "Giao %(num)d nhiệm vụ", data["tasks"]))
    if data.get("clauses"):
        changes.append(ngettext("%(num)d kết luận", "%(num)d kết luận", data["clauses"]))
    if data.get("basis_of_record"):
        changes.append(_("Ghi thay theo: %(basis)s", basis=data["basis_of_record"]))
    changes += [words_of(FLAGS[name]) for name in data.get("flags", []) if name in FLAGS]
    return Moment(
        at=event.at,
        who=line.actor or system,
        said=rows[0].past if rows else COMPOSED,
        behalf=line.behalf or "",
        text=event.reason,
        tone=rows[0].tone if rows else "grey",
        icon=ICONS.get(event.event, "circle-dot"),
        changes=changes,
    )


def due_words(clause: Conclusion | Clause) -> str:
    """Return a clause's due date, its rhythm or why it has none, in words for a line."""
    if clause.due_on:
        return day(clause.due_on)
    return {
        "weekly": _("định kỳ hằng tuần"),
        "monthly": _("định kỳ hằng tháng"),
        "quarterly": _("định kỳ hằng quý"),
        "yearly": _("định kỳ hằng năm"),
    }.get(clause.recurrence or "", _("không có hạn") if clause.no_due_reason else "")


def mail_words() -> dict[str, str]:
    """Return what is said of a mail's delivery, by its state."""
    return {
        PENDING: _("chờ gửi"),
        SENDING: _("đang gửi"),
        SENT: _("đã gửi"),
        FAILED: _("gửi không được"),
    }
