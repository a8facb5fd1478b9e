"""Three months of the demo authority's work, told through the services as it would have happened.

Over 300 lines: one story, told from the first meeting to the last task.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import telling
from app.db import session
from app.demo.cast import PRESIDERS, Cast, at
from app.demo.months import report_months
from app.demo.next_meeting import lead_on
from app.demo.papers import NEXT_AGENDA, PAPERS, ClauseSeed, PaperSeed
from app.demo.proposals import tell_proposals
from app.demo.shared_out import share_out
from app.models import Attendance, Committee, Meeting, Notice, Task
from app.queries.facts import pending_extension
from app.queries.paper_text import live_clauses
from app.services import agenda, meetings
from app.services.clause_proposals import NEW_TASKS, NONE_ARISES
from app.services.conclusions import ClauseOrder, write_clause
from app.services.extensions import request_extension
from app.services.moves import make_move
from app.services.notices import compose_notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflows.workdays import Calendar


def tell_story(cast: Cast, now_on: date) -> None:
    """Let all papers be concluded, issued and worked on, up to today."""
    for paper in PAPERS:
        met_on = _meeting_day(cast.calendar, now_on, paper)
        if met_on >= now_on:
            continue
        notice, issued_on = _hold_and_issue(cast, paper, met_on, now_on)
        if notice is not None:
            _work_on(cast, paper, notice, issued_on, now_on)
    _plan_next(cast, now_on)
    tell_proposals(cast, now_on)
    lead_on(cast, now_on)
    share_out(cast, now_on)
    # Last of all: what is told after a month was computed would make its figures stale, and nobody could sign it.
    for key, committee in cast.committees.items():
        report_months(cast, key, committee, now_on)


def _meeting_day(calendar: Calendar, now_on: date, paper: PaperSeed) -> date:
    """Return a working day about so many months ago; the editorial board meets a few days later."""
    back = -21 * paper.months + (4 if paper.committee == "bbt" else 0)
    return calendar.add_working_days(now_on, back)


def _hold_and_issue(cast: Cast, paper: PaperSeed, met_on: date, now_on: date) -> tuple[Notice | None, date]:
    """Hold a meeting and issue its notice, as far as today has come.

    Over 40 lines: one day after the other, as it would have happened.
    """
    committee = cast.committees[paper.committee]
    calendar = cast.calendar
    convened_on = calendar.add_working_days(met_on, -5)
    with telling(at(convened_on, 9)):
        desk = cast.actor("thuky")
        meeting = meetings.plan_meeting(
            committee,
            meetings.Plan(
                title=paper.title,
                starts_at=at(met_on, 8),
                ends_at=at(met_on, 10, 30),
                place="Phòng họp tầng 2, trụ sở UBND phường",
                link="",
                presider_id=cast.people[PRESIDERS[paper.committee]].id,
            ),
            desk.person,
        )
        for section in dict.fromkeys(clause.section for clause in paper.clauses if clause.section):
            agenda.add_item(meeting, section, "", 30)
        agenda.add_item(meeting, "Ý kiến thảo luận và kết luận", "", 20)
        make_move(meeting, "convene", actor=desk)
    with telling(at(met_on, 8, 5)):
        desk = cast.actor("thuky")
        make_move(meeting, "start", actor=desk)
        _mark_attendance(meeting)
    with telling(at(met_on, 10, 40)):
        make_move(meeting, "end", actor=cast.actor("thuky"))
        minutes = meetings.minutes_of(meeting)
        meetings.write_minutes(minutes, _minutes_text(paper), cast.people["thuky"], version=None)
    issued_on = calendar.add_working_days(met_on, 2)
    if issued_on > now_on:
        return None, issued_on
    with telling(at(calendar.add_working_days(met_on, 1), 9)):
        make_move(minutes, "submit", actor=cast.actor("thuky"))
        notice = _compose(cast, paper, committee, meeting, issued_on)
        make_move(notice, "submit", actor=cast.actor("thuky"))
    with telling(at(calendar.add_working_days(met_on, 1), 15)):
        chair = cast.actor(PRESIDERS[paper.committee])
        make_move(minutes, "approve", actor=chair)
        make_move(notice, "sign", actor=chair)
    with telling(at(issued_on, 9, 30)):
        desk = cast.actor("thuky")
        make_move(notice, "issue", actor=desk)
        make_move(meeting, "close", actor=desk)
    return notice, issued_on


def _mark_attendance(meeting: Meeting) -> None:
    marks = {row.id: ("present", "") for row in meeting.attendances}
    last: Attendance = meeting.attendances[-1]
    marks[last.id] = ("represented", "Phó trưởng đơn vị")
    meetings.record_attendance(meeting, marks)


def _minutes_text(paper: PaperSeed) -> str:
    lines = [f"- {clause.section}: các thành viên thảo luận, thống nhất." for clause in paper.clauses if clause.section]
    return "\n".join(["Các thành viên nghe báo cáo tình hình thực hiện kết luận trước.", *dict.fromkeys(lines)])


def _text(paper: PaperSeed, due_of: Callable[[ClauseSeed], date | None]) -> str:
    """Return the conclusions as the secretary would paste them: numbered sections with bullets."""
    lines: list[str] = []
    section, number = "", 0
    for clause in paper.clauses:
        due = due_of(clause)
        if clause.section != section:
            section, number = clause.section, number + 1
            lines.append(f"\n{number}. {section}")
        lines.append("- " + clause.text.format(due=f"{due:%d/%m/%Y}" if due else ""))
    return "\n".join(lines).strip()


def _compose(cast: Cast, paper: PaperSeed, committee: Committee, meeting: Meeting, issued_on: date) -> Notice:
    def due_of(clause: ClauseSeed) -> date | None:
        return None if clause.days is None else cast.calendar.add_working_days(issued_on, clause.days)

    notice = compose_notice(committee, _text(paper, due_of), cast.people["thuky"], meeting=meeting)
    session.flush()
    clauses = list(live_clauses(notice))
    if len(clauses) != len(paper.clauses):
        message = f"the reader found {len(clauses)} clauses instead of {len(paper.clauses)} in {paper.title}"
        raise RuntimeError(message)
    for clause, seed in zip(clauses, paper.clauses, strict=True):
        group = cast.groups.get(seed.lead.removeprefix("@")) if seed.lead.startswith("@") else None
        order = ClauseOrder(
            text=clause.text,
            address=clause.address,
            section=clause.section,
            kind="task" if seed.lead else clause.kind,
            outcome=NEW_TASKS if seed.lead else NONE_ARISES,
            lead_unit_id=cast.units[seed.lead].id if seed.lead and not group else None,
            lead_group_id=group.id if group else None,
            coordinating_ids=[cast.units[key].id for key in seed.coordinating],
            due_on=due_of(seed),
            no_due_reason=seed.no_due,
            recurrence=seed.recurrence,
            priority=seed.priority,
            deliverable=seed.deliverable,
            evidence_rule="file" if seed.evidence else "none",
            target_value=seed.target[0] if seed.target else None,
            target_unit=seed.target[1] if seed.target else "",
            reviewed=True,
        )
        write_clause(clause, order, version=clause.version)
        session.flush()
    return notice


def _plan_next(cast: Cast, now_on: date) -> None:
    """Plan the coming meeting, with an agenda but not convened yet, and one draft notice."""
    day = cast.calendar.add_working_days(now_on, 5)
    with telling(at(cast.calendar.add_working_days(now_on, -1), 14)):
        desk = cast.actor("thuky")
        meeting = meetings.plan_meeting(
            cast.committees["bcd"],
            meetings.Plan(
                title="Giao ban Ban Chỉ đạo Chuyển đổi số thường kỳ",
                starts_at=at(day, 8),
                ends_at=at(day, 11),
                place="Phòng họp tầng 2, trụ sở UBND phường",
                link="",
                presider_id=cast.people["truongban"].id,
            ),
            desk.person,
        )
        for title, presenter, minutes in NEXT_AGENDA:
            agenda.add_item(meeting, title, presenter, minutes)


def _work_on(cast: Cast, paper: PaperSeed, notice: Notice, issued_on: date, now_on: date) -> None:
    """Let each task of a notice meet its fate, as far as today has come."""
    for clause, seed in zip(live_clauses(notice), paper.clauses, strict=True):
        if not seed.lead:
            continue
        tasks = session.scalars(select(Task).where(Task.conclusion_id == clause.id).order_by(Task.id)).all()
        fates = seed.fate.split("|")
        for index, task in enumerate(tasks):
            Life(cast, task, seed, issued_on, now_on).meet(fates[index % len(fates)])


@dataclass
class Life:
    """What happens to one task, day by day; what lies ahead of today does not happen."""

    cast: Cast
    task: Task
    seed: ClauseSeed
    issued_on: date
    now_on: date

    def meet(self, fate: str) -> None:
        """Let the fate of this name happen."""
        if fate == "new":
            return
        step: Callable[[], None] = getattr(self, fate)
        step()

    def on(self, days: int) -> date:
        """Return the working day so many days after issue."""
        return self.cast.calendar.add_working_days(self.issued_on, days)

    def near_due(self, days: int) -> date:
        """Return the working day so many days after (before: negative) the due date."""
        due = self.task.current_due or self.on(15)
        return self.cast.calendar.add_working_days(due, days)

    def do(self, day: date, hour: int, event: str, who: str = "head", **given: Any) -> bool:  # noqa: ANN401 -- a move's fields
        """Take a move on a day, if that day has come; tell whether it did."""
        if day >= self.now_on:
            return False
        with telling(at(day, hour, self.task.id % 60)):
            cast = self.cast
            actor = {"head": cast.head_of, "chair": cast.chair_of}.get(who, lambda _task: cast.actor(who))(self.task)
            make_move(self.task, event, given, actor=actor)
        return True

    def accept(self) -> bool:
        """Accept a day after issue, with a person in charge where the unit has staff."""
        given: dict[str, Any] = {"person": self.cast.people["chuyenvien"].id} if self.seed.lead == "vhxh" else {}
        return self.do(self.on(1), 10, "accept", **given)

    def note(self, days: int, words: str, share: float = 0.5) -> None:
        """Write a line of progress, with a measure where there is a target."""
        given: dict[str, Any] = {"note": words}
        if self.task.target_value:
            given["measure"] = int(float(self.task.target_value) * share)
        self.do(self.on(days), 15, "progress", **given)

    def report(self, day: date, words: str = "Đã hoàn thành nội dung được giao, gửi kèm kết quả.") -> bool:
        """Report completion with a file where evidence is asked for."""
        given: dict[str, Any] = {"result": words}
        if self.task.target_value:
            given["measure"] = self.task.target_value
        if self.task.evidence_rule != "none":
            given["evidence"] = [self.evidence(day)]
        return self.do(day, 14, "report", **given)

    def evidence(self, day: date) -> int:
        """Keep a small text file as evidence and return its id."""
        from app.demo.evidence import keep_evidence  # noqa: PLC0415 -- writes files only when the story needs one

        with telling(at(day, 13)):
            return keep_evidence(self.task, self.cast.heads[self.task.lead_unit_id])

    def done(self) -> None:
        """Work, report two days ahead of the due date, be confirmed."""
        self.accept()
        self.note(3, "Đã phân công, đang thu thập số liệu.", 0.4)
        if self.report(self.near_due(-2)):
            self.do(self.near_due(-1), 16, "confirm", "chair")

    def done_late(self) -> None:
        """Report three working days late."""
        self.accept()
        self.note(4, "Chậm do chờ số liệu của các đơn vị.", 0.3)
        if self.report(self.near_due(3), "Đã hoàn thành; chậm so với hạn do chờ số liệu phối hợp."):
            self.do(self.near_due(4), 16, "confirm", "chair")

    def extended_done(self) -> None:
        """Ask in good time, be granted a week, finish."""
        self.accept()
        if self.extend(self.near_due(-6), 5, grant=True):
            self.done_after()

    def done_after(self) -> None:
        """Report before the new due date."""
        if self.report(self.near_due(-1)):
            self.do(self.near_due(0), 16, "confirm", "chair")

    def extend(self, day: date, days: int, *, grant: bool) -> bool:
        """Ask for so many more working days, and let the chair grant it the day after."""
        if day >= self.now_on:
            return False
        wanted = self.cast.calendar.add_working_days(self.task.current_due or day, days)
        with telling(at(day, 9)):
            given = {"new_due": wanted, "reason": "Cần thêm thời gian thống nhất với đơn vị phối hợp."}
            request_extension(self.task, given, actor=self.cast.head_of(self.task))
        ruled_on = self.cast.calendar.add_working_days(day, 1)
        pending = pending_extension(self.task.id)
        if not grant or pending is None or ruled_on >= self.now_on:
            return False
        with telling(at(ruled_on, 11)):
            make_move(pending, "grant", {"new_due": wanted}, actor=self.cast.chair_of(self.task))
        return True

    def extension_pending(self) -> None:
        """Be late, and ask for more time just now."""
        self.accept()
        self.note(6, "Đã khảo sát vị trí, chờ nhà mạng báo giá.", 0.34)
        day = self.cast.calendar.add_working_days(self.now_on, -1)
        more = self.cast.calendar.working_days_between(self.task.current_due or day, self.now_on) + 10
        self.extend(day, max(more, 10), grant=False)

    def overdue(self) -> None:
        """Accept, write once, and stay silent past the due date."""
        self.accept()
        self.note(5, "Đang làm việc với nhà cung cấp.", 0.6)

    def work(self) -> None:
        """Be under way."""
        self.accept()
        self.note(4, "Đã xây dựng dự thảo, đang lấy ý kiến.", 0.5)

    due_soon = work

    def measured(self) -> None:
        """Be under way with growing figures."""
        self.accept()
        for days, share in ((4, 0.2), (8, 0.45), (12, 0.71)):
            self.note(days, "Cập nhật số liệu hằng tuần.", share)

    def progress(self) -> None:
        """Write lines of progress on a standing task."""
        self.accept()
        self.note(10, "Đã gửi báo cáo của tháng.")

    def reported(self) -> None:
        """Wait for confirmation, checked by the secretary."""
        self.accept()
        self.note(5, "Dự thảo lần 1 đã gửi xin ý kiến.", 0.6)
        day = self.cast.calendar.add_working_days(self.now_on, -2)
        if self.task.current_due and self.task.current_due < day:
            day = min(day, self.near_due(1))
        self.report(day)

    def sent_back(self) -> None:
        """Report, be sent back, work on."""
        self.accept()
        if self.report(self.near_due(-4)):
            self.do(
                self.near_due(-3),
                9,
                "send_back",
                "chair",
                reason="Chưa có số liệu theo khối lớp. Bổ sung rồi báo cáo lại.",
            )

    def contested(self) -> None:
        """Ask to hand it back."""
        day = max(self.on(1), self.cast.calendar.add_working_days(self.now_on, -2))
        self.do(
            day,
            10,
            "contest",
            reason="Việc lập dự toán thuộc Văn phòng; phòng chỉ cung cấp thông số kỹ thuật.",
            proposed_unit=self.cast.units["vp"].id,
        )

    def paused(self) -> None:
        """Be paused until a higher body decides."""
        self.accept()
        until = self.cast.calendar.add_working_days(self.now_on, 12)
        self.do(self.on(6), 9, "pause", "chair", reason="Chờ phần mềm dùng chung của tỉnh.", until=until)

    def withdrawn(self) -> None:
        """Be withdrawn."""
        self.accept()
        self.do(self.on(8), 9, "withdraw", "chair", reason="Gộp vào kế hoạch Tháng Thanh niên.")

    def proposed(self) -> None:
        """Ask the chair for a ruling."""
        self.accept()
        day = max(self.on(2), self.cast.calendar.add_working_days(self.now_on, -3))
        self.do(
            day,
            9,
            "propose",
            proposal="Cho phép thay 02 bài viết bằng 01 phóng sự ảnh.",
            reason="Thiếu cộng tác viên viết bài dài.",
        )
