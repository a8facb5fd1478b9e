"""The dossier of a task (hồ sơ nhiệm vụ): clause, facts, dates, history, requests and evidence on paper.

Papers are in Vietnamese for every reader.

Over 300 lines: the words of one paper, section by section, in the order in which it prints them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.clause_places import cited
from app.clock import local
from app.documents.pdf import render
from app.documents.qr_code import qr_svg
from app.documents.vietnamese import NONE, day, day_long
from app.figures import in_vietnamese
from app.services.measures import total_of
from workflows import sub_task
from workflows.coordinating_part import state_said
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from app.models import Comment, CoordinatingPart, Explanation, Extension, SubTask, Task
    from app.queries.evidence import LinkLine
    from app.queries.task_page import FileLine, HistoryLine
    from app.queries.task_papers import Grounds
    from app.ui.task_history import Moment, OpenLink

    Piece = str | dict[str, str]
    Cell = str | list[Piece]  # a text; or a text whose names of files and addresses stand apart

REPORTING = frozenset({"report", "recall", "check", "confirm", "send_back", "enter_done", "reopen"})
"""The events that are a report, or an answer to one."""
SHOWN_OF_DIGEST = 12
UNITS = ("B", "KB", "MB", "GB")
STEP = 1024
PRIORITIES = {"normal": "Thường", "high": "Cao", "urgent": "Khẩn"}


@dataclass(frozen=True)
class Dossier:
    """What is known of one task: everything that its page shows, oldest first where there is an order.

    `history`: each event with how it is told; `status`: where the task stands, in words; `address`: of its page;
    `spent`: by the coordinating part, how long it has been or was with its unit.
    """

    task: Task
    authority: str
    grounds: Grounds | None
    status: str
    owner: str
    history: Sequence[tuple[HistoryLine, Moment]]
    extensions: Sequence[Extension]
    spent: Mapping[int, str]
    sub_tasks: Sequence[SubTask]
    explanations: Sequence[Explanation]
    files: Sequence[FileLine]
    links: Sequence[LinkLine]
    comments: Sequence[Comment]
    address: str
    printed_on: date
    printed_by: str


def dossier_pdf(dossier: Dossier) -> bytes:
    """Return the dossier as a tagged PDF."""
    return render("task_dossier", dossier_data(dossier))


def dossier_data(dossier: Dossier) -> dict[str, Any]:
    """Return everything the template prints, as texts."""
    task, on = dossier.task, dossier.printed_on
    return {
        "title": f"Hồ sơ nhiệm vụ {task.code}",
        "authority": dossier.authority,
        "committee": task.committee.name,
        "name": task.title,
        "printed": f"In {day_long(on, on.year)}, người in: {dossier.printed_by}",
        "foot": f"Hồ sơ nhiệm vụ {task.code} · in ngày {day(on)}",
        "qr": qr_svg(dossier.address),
        "qr_alt": f"Mã QR mở trang của nhiệm vụ: {dossier.address}",
        "grounds": {**_grounds(dossier.grounds), "detail": _whole_words(task, dossier.grounds)},
        "facts": _facts(dossier),
        "dates": {"heads": ("Ngày ghi", "Thời hạn trước", "Thời hạn sau", "Việc, lý do"), "rows": _dates(dossier)},
        "reports": {"heads": ("Thời gian", "Người", "Việc", "Nội dung"), "rows": _reports(dossier)},
        "requests": {"heads": ("Ngày gửi", "Xin đến", "Lý do", "Thẩm tra", "Kết quả"), "rows": _requests(dossier)},
        "pieces": {"heads": ("Ai làm", "Việc", "Hạn", "Đã gửi", "Tình trạng"), "rows": _pieces(dossier)},
        "explanations": {"heads": ("Hỏi ngày", "Nội dung hỏi", "Trả lời trước", "Trả lời"), "rows": _asked(dossier)},
        "evidence": {
            "heads": ("TT", "Tên tệp, liên kết", "Dung lượng", "Ngày, người gửi", "SHA-256"),
            "rows": _evidence(dossier),
        },
        "comments": {"heads": ("Thời gian", "Người", "Nội dung"), "rows": _comments(dossier)},
        "history": {"heads": ("Thời gian", "Người", "Việc", "Nội dung"), "rows": _history(dossier)},
        "nothing": {
            "dates": "Thời hạn chưa thay đổi lần nào.",
            "reports": "Chưa có báo cáo nào.",
            "requests": "Chưa có đề nghị gia hạn nào.",
            "pieces": "Không có đơn vị phối hợp, không chia việc thành phần.",
            "explanations": "Chưa bị yêu cầu giải trình lần nào.",
            "evidence": "Chưa có tệp hay liên kết nào.",
            "comments": "Chưa có trao đổi nào.",
        },
    }


def _grounds(grounds: Grounds | None) -> dict[str, str]:
    if grounds is None:
        return {"text": "", "source": "Nhiệm vụ không gắn với kết luận hay văn bản chỉ đạo nào."}
    issued = f"ngày {day(grounds.issued_on)}" if grounds.issued_on else ""
    paper = " ".join(part for part in (grounds.symbol, issued) if part)
    place = cited(grounds.address) if grounds.address else ""
    source = ", ".join(part for part in (place, paper, grounds.issuer) if part)
    return {"text": grounds.text or grounds.subject, "source": source[:1].upper() + source[1:]}


def _whole_words(task: Task, grounds: Grounds | None) -> str:
    """Return all that was ordered, where it says more than the title and the clause above it."""
    said = {" ".join(text.split()).rstrip(". ") for text in (task.title, grounds.text if grounds else "")}
    return "" if " ".join(task.detail.split()).rstrip(". ") in said else task.detail


def _facts(dossier: Dossier) -> list[tuple[str, str]]:
    task = dossier.task
    changes = f" (đã đổi {task.due_changes} lần)" if task.due_changes else ""
    found = [
        ("Tình trạng", dossier.status),
        ("Thời hạn hoàn thành", (day(task.current_due) if task.current_due else task.no_due_reason or NONE) + changes),
        ("Hạn ban đầu", day(task.original_due)),
        ("Đơn vị chủ trì", task.lead_unit.name),
        ("Người phụ trách", dossier.owner or NONE),
        ("Đơn vị phối hợp", "; ".join(part.unit.name for part in task.coordinating) or NONE),
        ("Sản phẩm đầu ra", task.deliverable or NONE),
        ("Mức ưu tiên", PRIORITIES.get(task.priority, task.priority)),
        ("Ngày giao", day(local(task.assigned_at).date()) if task.assigned_at else NONE),
    ]
    if task.target_value is not None:
        reached, wanted = in_vietnamese(total_of(task)), in_vietnamese(task.target_value)
        found.append(("Chỉ tiêu", f"{reached}/{wanted} {task.target_unit}".strip()))
    if task.returns:
        found.append(("Yêu cầu làm lại", f"{task.returns} lần"))
    return found


def _dates(dossier: Dossier) -> list[list[str]]:
    """Return every change of the due date with its reason, in order; a granted request is told with its reason."""
    rows = [
        (line.at, _iso(line.data["due_before"]), _iso(line.data["new_due"]), _why(moment))
        for line, moment in dossier.history
        if line.data.get("new_due") and line.data.get("due_before") and line.subject != EXTENSION.name
    ]
    rows += [
        (each.ruled_at or each.made_at, day(each.due_before), day(each.granted_due), f"Gia hạn: {each.reason}")
        for each in dossier.extensions
        if each.granted_due
    ]
    return [[_when(at), before, after, why] for at, before, after, why in sorted(rows)]


def _iso(text: object) -> str:
    parts = str(text)[:10].split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else str(text)  # noqa: PLR2004 -- year, month, day


def _reports(dossier: Dossier) -> list[list[str]]:
    return [
        [_when(moment.at), _who(moment), _event(moment), moment.text]
        for line, moment in dossier.history
        if line.event in REPORTING and line.subject != EXTENSION.name
    ]


def _requests(dossier: Dossier) -> list[list[str]]:
    return [
        [
            f"{_when(each.made_at)}\n{each.author.full_name}",
            day(each.requested_due),
            each.reason,
            each.opinion or NONE,
            _ruling(each),
        ]
        for each in reversed(dossier.extensions)
    ]


def _ruling(request: Extension) -> str:
    words = EXTENSION.by_name[request.state].label.vi
    until = f" đến {day(request.granted_due)}" if request.granted_due else ""
    return "\n".join(part for part in (words + until, request.ruling_reason) if part)


def _pieces(dossier: Dossier) -> list[list[str]]:
    """Return what others do of the task: the parts of coordinating units, then the unit's own sub-tasks."""
    lives = dossier.task.state in OPEN
    parts = [
        _piece(
            part.unit.name,
            part,
            state_said(part.state, asked=part.was_asked, lives=lives).label.vi,
            dossier.spent.get(part.id, ""),
        )
        for part in dossier.task.coordinating
    ]
    return parts + [
        _piece(_doer(each), each, sub_task.state_said(each.state, lives=lives).label.vi) for each in dossier.sub_tasks
    ]


def _piece(who: str, piece: CoordinatingPart | SubTask, state: str, spent: str = "") -> list[str]:
    back = f"Đã yêu cầu làm lại {piece.returns} lần" if piece.returns else ""
    state = "\n".join(part for part in (state, back, spent) if part)
    sent = f"Kết quả đã gửi lần trước: {piece.result}" if piece.result and not piece.delivered_on else piece.result
    work = "\n".join(part for part in (piece.work, sent) if part)
    return [who, work or NONE, day(piece.due), day(piece.delivered_on), state]


def _doer(piece: SubTask) -> str:
    if piece.person is not None:
        return piece.person.full_name
    return piece.sub_unit.name if piece.sub_unit else NONE


def _asked(dossier: Dossier) -> list[list[str]]:
    return [
        [
            f"{_when(each.made_at)}\n{each.author.full_name}",
            f"{each.question}\n(quá hạn {each.days_late} ngày làm việc)",
            day(each.answer_by),
            each.answer or EXPLANATION.by_name[each.state].label.vi,
        ]
        for each in reversed(dossier.explanations)
    ]


def _evidence(dossier: Dossier) -> list[list[Cell]]:
    """Return files and links in the order in which they came."""
    rows: list[tuple[datetime, list[Piece], str, str, str]] = [
        (
            line.attachment.at,
            [_name(line.file.name)],
            _size(line.file.size),
            line.person,
            line.file.sha256[:SHOWN_OF_DIGEST],
        )
        for line in reversed(dossier.files)
    ]
    rows += [(line.at, _link(line), "Liên kết", line.person, NONE) for line in reversed(dossier.links)]
    rows.sort(key=lambda row: row[0])
    return [
        [str(n), name, size, f"{_when(at)}\n{who}", digest] for n, (at, name, size, who, digest) in enumerate(rows, 1)
    ]


def _link(link: LinkLine | OpenLink) -> list[Piece]:
    """Return what a link shows and its address; where nothing was said, the address alone."""
    said: list[Piece] = [f"{link.shows}\n"] if link.shows and link.shows != link.url else []
    return [*said, {"url": link.url}]


def _name(name: str) -> Piece:
    """Return a file's name: the template breaks it where it is long, for it has no blanks."""
    return {"name": name}


def _comments(dossier: Dossier) -> list[list[str]]:
    return [
        [
            _when(one.at),
            one.person.full_name,
            f"(Người viết đã rút lại nội dung này lúc {_when(one.withdrawn_at)}.)" if one.withdrawn_at else one.text,
        ]
        for one in dossier.comments
    ]


def _size(count: int) -> str:
    size, unit = float(count), 0
    while size >= STEP and unit < len(UNITS) - 1:
        size, unit = size / STEP, unit + 1
    return f"{size:.1f} {UNITS[unit]}".replace(".", ",") if unit else f"{count} B"


def _history(dossier: Dossier) -> list[list[Cell]]:
    return [[_when(moment.at), _who(moment), _event(moment), _told(moment)] for _line, moment in dossier.history]


def _told(moment: Moment) -> list[Piece]:
    lines: list[list[Piece]] = [[text] for text in (moment.text, *moment.changes) if text]
    lines += [["Tệp: ", _name(file.name)] for file in moment.files]
    lines += [["Liên kết: ", *_link(link)] for link in moment.links]
    return [piece for n, line in enumerate(lines) for piece in (["\n", *line] if n else line)]


def _when(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"


def _who(moment: Moment) -> str:
    return f"{moment.who}\n(thay {moment.behalf})" if moment.behalf else moment.who


def _event(moment: Moment) -> str:
    said = moment.said.vi
    return said[:1].upper() + said[1:]


def _why(moment: Moment) -> str:
    """Return the deed that moved a due date, its reason, and what it rests on; the dates have columns of their own."""
    said = ": ".join(part for part in (_event(moment), moment.text) if part)
    return "\n".join([said, *(change for change in moment.changes if not change.startswith("Thời hạn: "))])
