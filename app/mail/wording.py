"""What a message says in the reader's language: its subject and the words of each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.mail.calls import subject_of_call
from app.mail.links import link_to
from app.models.ledger import ACCOUNT, CALL, URGENT
from app.queries.reminders_due import PREFIX
from app.services import message_lines as lines
from app.services.absences import ENDED, NOTED
from app.services.comments import COMMENTED
from app.ui.formats import day, day_short, kept_words, words
from workflows.registry import ALL, BIRTHS
from workflows.reminders import BY_NAME, PIECE
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

INVITED, RESET = "account.invited", "account.reset"
LONGEST = 90
HEADINGS: Mapping[str, Any] = {
    lines.OVERDUE: _l("Quá hạn: báo cáo ngay, hoặc xin gia hạn"),
    lines.DUE: _l("Sắp đến hạn"),
    lines.ACCEPT: _l("Chờ đơn vị tiếp nhận"),
    lines.REDO: _l("Cần làm tiếp"),
    lines.RULING: _l("Chờ bạn quyết định"),
    lines.PART: _l("Phối hợp thực hiện"),
    lines.PRESS: _l("Quá hạn, cần đôn đốc"),
    lines.MEETINGS: _l("Cuộc họp"),
    lines.NEWS: _l("Tin mới"),
    lines.LEDGER: _l("Sổ sách của hệ thống"),
}
"""What the reader must do, above the lines of each section."""


@dataclass(frozen=True)
class Line:
    """One line as the reader sees it."""

    title: str
    href: str
    said: str
    note: str


@dataclass(frozen=True)
class Section:
    """A heading with its lines, and how many more there are."""

    name: str
    heading: str
    lines: tuple[Line, ...]
    more: int


def subject_of(kind: str, data: Mapping[str, Any], name: str, made_on: date) -> str:
    """Return a message's subject: who must do what, how much of it, by when.

    :param made_on: the Vietnamese day of the message; a due date of another year is written with its year.
    """
    said = data["lines"]
    if kind == ACCOUNT:
        reset = gettext("Đặt lại mật khẩu Đôn đốc")
        return reset if said[0]["rule"] == RESET else gettext("Mời bạn dùng Đôn đốc: đặt mật khẩu để bắt đầu")
    if kind == CALL:
        return subject_of_call(said[0])
    if kind == URGENT:
        return _urgent(said[0], made_on)
    duties = [line for line in said if line["section"] in lines.DUTIES]
    counts: Mapping[str, int] = data.get("counts", {})
    number = sum(counts.get(section, 0) for section in lines.DUTIES)
    if not duties:
        total = sum(counts.values())
        return ngettext("%(who)s: %(num)d tin mới", "%(who)s: %(num)d tin mới", total, who=name)
    if all(line["section"] == lines.RULING for line in duties):
        return ngettext(
            "%(who)s: %(num)d việc chờ quyết định", "%(who)s: %(num)d việc chờ quyết định", number, who=name
        )
    return _duties(duties, number, name, made_on)


def _urgent(line: Mapping[str, Any], made_on: date) -> str:
    who = line.get("unit") or gettext("Đôn đốc")
    title = _short(line.get("title", "")) or rule_words(line["rule"])
    if line.get("due"):
        return gettext("KHẨN – %(who)s: %(title)s, hạn %(day)s", who=who, title=title, day=_near(line["due"], made_on))
    return gettext("KHẨN – %(who)s: %(title)s", who=who, title=title)


def _duties(duties: list[dict[str, Any]], number: int, name: str, made_on: date) -> str:
    units = {line.get("unit", "") for line in duties}
    who = units.pop() if len(units) == 1 else ""
    days = sorted(line["due"] for line in duties if line.get("due"))
    said = ngettext("%(who)s: %(num)d việc", "%(who)s: %(num)d việc", number, who=who or name)
    return gettext("%(what)s, gấp nhất hạn %(day)s", what=said, day=_near(days[0], made_on)) if days else said


def _near(iso: str, made_on: date) -> str:
    due = date.fromisoformat(iso)
    return day_short(due) if due.year == made_on.year else day(due)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def sections_of(data: Mapping[str, Any]) -> list[Section]:
    """Return a message's sections in order, each with its lines."""
    counts: Mapping[str, int] = data.get("counts", {})
    found = []
    for name in lines.SECTIONS:
        here = [line for line in data["lines"] if line["section"] == name]
        if here or counts.get(name):
            more = counts.get(name, len(here)) - len(here)
            found.append(Section(name, str(HEADINGS[name]), tuple(_line(line) for line in here), more))
    return found


def _line(line: Mapping[str, Any]) -> Line:
    label = ALL[line["subject"]].label if line["subject"] in ALL and line["subject"] != TASK.name else None
    title = kept_words(line, "title") or rule_words(line["rule"])
    due = gettext("hạn %(day)s", day=day(date.fromisoformat(line["due"]))) if line.get("due") else ""
    return Line(
        title=f"{words(label)}: {title}" if label else title,
        href=link_to(line["subject"], line["id"]),
        said="; ".join([_said(line), *(_said_behind(other) for other in line.get("also", ()))]),
        note=" · ".join(part for part in (line.get("code", ""), line.get("unit", ""), due) if part),
    )


def _said(line: Mapping[str, Any]) -> str:
    said = rule_words(line["rule"])
    if line.get("whom"):
        said = f"{said} ({line['whom']})"
    if line.get("by"):
        said = f"{line['by']} {said[:1].lower()}{said[1:]}"
    if line.get("said"):
        said = f"{said} {line['said']}".strip()
    reason = kept_words(line, "reason")
    return f"{said}: {reason}" if reason else said


def _said_behind(line: Mapping[str, Any]) -> str:
    """Return what is said as it goes on behind something else; a name keeps its capital."""
    said = _said(line)
    return said if line.get("by") else said[:1].lower() + said[1:]


def rule_words(rule: str) -> str:
    """Return what a rule of the ledger is called: a reminder's words, or what somebody did."""
    if rule.startswith(PREFIX):
        known = BY_NAME.get(rule.removeprefix(PREFIX))
        return words(known.words) if known else rule
    name, _, event = rule.partition(".")
    if name.endswith(PIECE) and event in BY_NAME:
        what, when = words(ALL[name.removesuffix(PIECE)].label), words(BY_NAME[event].words)
        return f"{what}: {when[:1].lower()}{when[1:]}"
    rows = [*ALL[name].by_event.get(event, ())] if name in ALL else []
    rows += [birth for _, birth in [BIRTHS[name]] if birth.event == event] if name in BIRTHS else []
    if rows:
        past = words(rows[0].past)
        return past[:1].upper() + past[1:]
    others = {
        INVITED: gettext("Lời mời sử dụng"),
        RESET: gettext("Đặt lại mật khẩu"),
        COMMENTED: gettext("Đã nhắc đến bạn trong trao đổi"),
        NOTED: gettext("Đã ghi vắng mặt và người làm thay"),
        ENDED: gettext("Đã kết thúc vắng mặt"),
        "delegation.granted": gettext("Đã ghi ủy quyền quyết định"),
        "delegation.revoked": gettext("Đã thu hồi ủy quyền quyết định"),
        "seal.made": gettext("Đã niêm phong nhật ký"),
        "unit_change.made": gettext("Đã ghi việc sắp xếp đơn vị"),
        "unit_change.stuck": gettext("Sắp xếp đơn vị đến ngày mà chưa thực hiện được"),
    }
    return others.get(rule, rule)
