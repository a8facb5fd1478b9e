"""A task's events as the timeline tells them: who did what, for whom, what changed, with which words and files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.clock import day_of
from app.queries.unit_names import UnitNames
from app.ui.after_report import MOVED
from app.ui.formats import day, figure, words
from app.ui.speech import gettext as _
from app.ui.whom import Names, about
from workflows.coordinating_part import COORDINATING_PART
from workflows.evidence import PHOTO_KINDS, SIGNED_KINDS, host_of, read_links
from workflows.explanation import EXPLANATION
from workflows.extension import EXTENSION
from workflows.registry import ALL, BIRTHS
from workflows.sub_task import SUB_TASK
from workflows.task import TASK
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from app.models import Task
    from app.queries.evidence import LinkLine
    from app.queries.task_page import FileLine, HistoryLine
    from workflows.kernel import Transition

SHOWN = (PHOTO_KINDS | SIGNED_KINDS) - {"heic"}
"""Kinds of files that are shown on a page of ours; no browser but one shows HEIC."""
EXTENDING = "extended"
"""The task's own event beside the grant of an extension."""
EXTENDED = Words("đã gia hạn", "extended the due date")
CHANGED = Words("đã cập nhật", "changed it")
SYSTEM = Words("Hệ thống", "The system")
ICONS = {
    "accept": "check",
    "assign": "send",
    "report": "flag",
    "confirm": "circle-check",
    "enter_done": "circle-check",
    "send_back": "arrow-back-up",
    "progress": "message",
    "set_target": "target",
    "request": "calendar-plus",
    "grant": "calendar-check",
    "refuse": "calendar-x",
    "contest": "arrow-back-up",
    "reassign": "arrows-split",
    "pause": "player-pause",
    "resume": "player-play",
    "withdraw": "x",
    EXTENDING: "calendar-check",
}
FLAGS: Mapping[str, Words] = {
    flag.name: flag.words
    for table in (TASK, EXTENSION, COORDINATING_PART, SUB_TASK, EXPLANATION)
    for row in (*table.transitions, *([BIRTHS[table.name][1]] if table.name in BIRTHS else []))
    for flag in row.flags
}

BASES: Mapping[str, Words] = {
    str(name): said
    for row in TASK.transitions
    for need in row.needs
    if need.name == "basis"
    for name, said in need.choices
}
"""The kinds of what a new due date rests on."""


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    at: datetime
    who: str
    said: Words
    behalf: str = ""
    text: str = ""
    tone: str = "grey"
    icon: str = "circle-dot"
    changes: list[str] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    links: list[OpenLink] = field(default_factory=list)


@dataclass(frozen=True)
class OpenFile:
    """A file as a page links it."""

    name: str
    size: int
    href: str
    note: str = ""
    view: str = ""
    """The address of the page that shows it, where it can be shown."""
    thumb: str = ""
    """The address of a small picture of it, where there is one."""


@dataclass(frozen=True)
class OpenLink:
    """A link as a page shows it, with the host named."""

    shows: str
    url: str
    host: str
    note: str = ""


def moments(lines: list[HistoryLine], names: Names, files: list[FileLine], system: str) -> list[Moment]:
    """Return the timeline of a task.

    `names`: of the units and people that the events speak of; `system` names the scheduler.
    """
    links = {line.file.id: open_file(line) for line in files}
    # A grant is told by the request's own event, with who granted it and why; the task's tells the same again.
    told = {line.at for line in lines if line.subject == EXTENSION.name}
    return [_moment(line, names, links, system) for line in lines if line.event != EXTENDING or line.at not in told]


def open_file(line: FileLine) -> OpenFile:
    """Return an attached file with its address."""
    return file_to_open(line.attachment.id, line.file.name, line.file.size, line.person)


def file_to_open(attachment_id: int, name: str, size: int, note: str = "") -> OpenFile:
    """Return a file to open by its name: a picture or a PDF is looked at, all else is saved."""
    href = f"/files/{attachment_id}"
    shown = bool(name.rsplit(".", 1)[-1].lower() in SHOWN)
    return OpenFile(name, size, href, note, f"{href}/view" if shown else "", f"{href}/thumb" if shown else "")


def links_to_open(lines: Iterable[LinkLine]) -> list[OpenLink]:
    """Return links as evidence, each with its host."""
    return [OpenLink(line.shows, line.url, host_of(line.url), line.person) for line in lines]


def with_given_day(moments: list[Moment], lines: list[HistoryLine], task: Task) -> list[Moment]:
    """Return the moments of a task; where it was given before it was entered here, the first of them says so."""
    if task.assigned_at is None:
        return moments
    given = day_of(task.assigned_at)
    entered = {
        line.at for line in lines if line.subject == TASK.name and line.event in _ENTERS and given < day_of(line.at)
    }
    for moment in moments:
        if moment.at in entered:
            moment.changes.append(_("Nhập từ sổ theo dõi hoặc văn bản đã có; ngày giao %(day)s", day=day(given)))
    return moments


_ENTERS = ("assign", "enter_done")


def deed_words(subject: str, event: str) -> Words:
    """Return what an event of the log did, in words: a move, a birth, or what is written beside another's move."""
    row = _row(subject, event)
    if row is not None:
        return row.past
    return EXTENDED if event == EXTENDING else CHANGED


def _row(subject: str, event: str) -> Transition | None:
    birth = BIRTHS.get(subject)
    if birth is not None and birth[1].event == event:
        return birth[1]
    rows = ALL[subject].by_event.get(event)
    return rows[0] if rows else None


def _moment(line: HistoryLine, names: Names, links: Mapping[int, OpenFile], system: str) -> Moment:
    row = _row(line.subject, line.event)
    units = names.units
    then = names._replace(units=units.on(day_of(line.at))) if isinstance(units, UnitNames) else names
    return Moment(
        at=line.at,
        who=line.actor or system,
        said=deed_words(line.subject, line.event),
        behalf=line.behalf or "",
        text=line.reason,
        tone=row.tone if row else "green",
        icon=ICONS.get(line.event, "circle-dot"),
        changes=[*about(line, then), *_changes(line.data, then.units)],
        files=[links[file] for file in line.data.get("evidence", []) if file in links],
        links=[OpenLink(link.shows, link.url, link.host) for link in read_links(line.data.get("links")) or ()],
    )


def _changes(data: Mapping[str, Any], units: Mapping[int, str]) -> list[str]:
    found = [_moved_due(data)] if data.get("new_due") else []
    if data.get("reported_on"):
        found.append(_("%(moved)s ngày %(day)s", moved=words(MOVED), day=_day(data["reported_on"])))
    if data.get("measure") not in _EMPTY:
        found.append(_("Số liệu: %(value)s", value=_measure(data)))
    if data.get("basis_text") not in _EMPTY:
        found.append(_basis(data))
    told = (
        ("by_clause", _l("Theo kết luận: %(value)s"), str),
        ("from_clause", _l("Thay cho kết luận: %(value)s"), str),
        ("old_lead", _l("Đơn vị chủ trì cũ: %(value)s"), lambda unit: units.get(int(unit), "?")),
        ("proposed_unit", _l("Đề xuất giao: %(value)s"), lambda unit: units.get(int(unit), "?")),
        ("done_on", _l("Hoàn thành ngày %(value)s"), _day),
        ("due", _l("Hạn: %(value)s"), _day),
        ("old_due", _l("Hạn đã nêu, nay bỏ: %(value)s"), _day),
        ("answer_by", _l("Trả lời chậm nhất %(value)s"), _day),
        ("until", _l("Tạm dừng đến %(value)s"), _day),
    )
    found += [str(said) % {"value": shown(data[name])} for name, said, shown in told if data.get(name) not in _EMPTY]
    if data.get("lapsed_proposal"):
        found.append(_("Đề xuất đang chờ ý kiến khép lại cùng nhiệm vụ: %(words)s", words=data["lapsed_proposal"]))
    if data.get("late_lead"):
        unit = units.get(int(data["late_lead"]), "?")
        due = _day(data["late_due"])
        found.append(_("Đã quá hạn khi chuyển: hạn %(day)s, khi đó %(unit)s chủ trì", day=due, unit=unit))
    if data.get("self_ruled"):
        found.append(_("Tự xác nhận: không còn ai khác có thẩm quyền quyết định"))
    if data.get("basis_of_record"):
        found.append(_("Ghi thay theo: %(basis)s", basis=data["basis_of_record"]))
    found += [words(FLAGS[name]) for name in data.get("flags", []) if name in FLAGS]
    return found


_EMPTY = (None, "")


def _basis(data: Mapping[str, Any]) -> str:
    """Return what a change rests on, with its kind where the move asks for one."""
    kind = BASES.get(str(data.get("basis")))
    if kind is None:
        return _("Căn cứ: %(value)s", value=data["basis_text"])
    return _("Căn cứ (%(kind)s): %(value)s", kind=words(kind).lower(), value=data["basis_text"])


def _measure(data: Mapping[str, Any]) -> str:
    """Return «1.250 / 52 máy»; without a target the figure and its unit."""
    target = data.get("measured_target")
    against = f" / {figure(target)}" if target else ""
    return f"{figure(data['measure'])}{against} {data.get('measured_in') or ''}".strip()


def _moved_due(data: Mapping[str, Any]) -> str:
    after = _day(data["new_due"])
    if not data.get("due_before"):
        return _("Thời hạn: %(after)s", after=after)
    return _("Thời hạn: %(before)s → %(after)s", before=_day(data["due_before"]), after=after)


def _day(text: object) -> str:
    try:
        return day(date.fromisoformat(str(text)))
    except ValueError:
        return str(text)
