"""The tasks of the measurements in our schema, each with its chain of events and its spans."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from app.bench.own_house import CHAIR, ONE, SECRETARY, SECRETARYS_UNIT, head_of, instant, search_text
from app.models import Event, Notification, Progress, Task, TaskSpan
from app.services.due_dates import late_from
from app.services.history import GENESIS, Link, digest_of
from workflows.task import ASSIGNED, COMPLETED, DRAFT, IN_PROGRESS, REPORTED, TASK, WITHDRAWN

if TYPE_CHECKING:
    from app.bench.own_house import Rows
    from app.bench.sample import Sample
    from workflows.workdays import Calendar

DAY = timedelta(days=1)
MOVED_DUE = timedelta(days=7)


class Step(NamedTuple):
    """One move of a task's life: event, the state it leads to, instant, who, and what it says."""

    event: str
    state: str
    at: datetime
    person: int | None
    data: dict[str, Any]


class Writer:
    """Turns samples into rows, counting ids and codes."""

    def __init__(self, today: date, calendar: Calendar) -> None:
        """Write for a reader of this day."""
        self.today, self.calendar = today, calendar
        self.events = self.spans = self.notes = 0
        self.codes: dict[int, int] = {}
        self._late: dict[date, date] = {}
        self.overdue = 0
        self.reported: list[int] = []

    def write(self, sample: Sample, rows: Rows) -> None:
        """Add the rows of one task."""
        steps = self._life(sample)
        task = self._task(sample, steps)
        rows.setdefault(Task, []).append(task)
        self._chain(sample.number, steps, rows)
        self._spans(task, sample, steps, rows)
        self._tell(sample, steps[0], rows)
        self.overdue += sample.fate == "overdue" and task["late_from"] <= self.today
        if task["state"] == REPORTED and sample.unit != SECRETARYS_UNIT:
            self.reported.append(sample.number)

    def _late_from(self, due: date) -> date:
        if due not in self._late:
            self._late[due] = late_from(due, self.calendar)
        return self._late[due]

    def _life(self, sample: Sample) -> list[Step]:
        """Return the moves of a task; what a person did is in its unit's head's name."""
        given, head = instant(sample.given_on, 1, sample.second), head_of(sample.unit)
        steps = [Step("assign", ASSIGNED, given, None, {})]
        if sample.fate in {"overdue", "ahead"} and sample.stage == 0:
            moved = {"new_due": sample.due_on.isoformat(), "due_before": (sample.due_on - MOVED_DUE).isoformat()}
            return [
                *steps,
                Step("arrange", ASSIGNED, given + timedelta(hours=2), SECRETARY, {"priority": "normal"}),
                Step("amend", ASSIGNED, given + DAY, CHAIR, {**moved, "basis": "ruling", "basis_text": "Ý kiến"}),
            ]
        steps.append(Step("accept", IN_PROGRESS, given + timedelta(hours=3), head, {}))
        if sample.closed_on:
            closed = instant(sample.closed_on, 7, sample.second // 4)
            if sample.fate == "withdrawn":
                return [*steps, Step("withdraw", WITHDRAWN, closed, CHAIR, {"reason": "Không còn cần"})]
            steps.append(Step("report", REPORTED, closed, head, {"result": "Đã làm xong"}))
            return [*steps, Step("confirm", COMPLETED, closed + timedelta(hours=1), CHAIR, {})]
        late_on = self._late_from(sample.due_on)
        if sample.fate == "overdue" and sample.stage == 1 and late_on < self.today:
            sent = max(late_on, self.today - (1 + sample.second % 5) * DAY)
            return [*steps, Step("report", REPORTED, instant(sent, 2, sample.second), head, {"result": "Đã làm xong"})]
        return [*steps, Step("progress", IN_PROGRESS, given + timedelta(hours=9), head, {"note": "Đang làm"})]

    def _task(self, sample: Sample, steps: list[Step]) -> dict[str, Any]:
        year = sample.given_on.year
        number = self.codes[year] = self.codes.get(year, 0) + 1
        times = {step.event: step.at for step in steps}
        sent = times.get("report")
        code = f"NV-{year}-{number}"
        return {
            **ONE, "id": sample.number, "committee_id": 1, "conclusion_id": sample.number, "code": code,
            "title": sample.title, "detail": sample.text, "search_text": search_text(code, sample),
            "lead_unit_id": sample.unit,
            "state": steps[-1].state, "version": 1 + sum(step.event != "progress" for step in steps),
            "original_due": sample.due_on - MOVED_DUE if "amend" in times else sample.due_on,
            "current_due": sample.due_on, "late_from": self._late_from(sample.due_on),
            "due_since": sample.given_on, "due_changes": int("amend" in times), "assigned_at": times["assign"],
            "accepted_at": times.get("accept"), "owner_id": head_of(sample.unit) if "accept" in times else None,
            "reported_at": sent, "reported_on": sent.date() if sent else None,
            "reporter_id": head_of(sample.unit) if sent else None, "result": "Đã làm xong" if sent else "",
            "completed_at": times.get("confirm"), "last_moved_at": steps[-1].at, "made_at": steps[0].at,
        }  # fmt: skip

    def _chain(self, task: int, steps: list[Step], rows: Rows) -> None:
        before, previous = DRAFT, GENESIS
        for seq, step in enumerate(steps, 1):
            link = Link(
                1, TASK.name, task, seq, step.event, before, step.state, step.person, None,
                "lead_head" if step.person else "system", step.at, str(step.data.get("reason", "")), step.data,
                previous,
            )  # fmt: skip
            before, previous = step.state, digest_of(link)
            self.events += 1
            rows.setdefault(Event, []).append({"id": self.events, **link._asdict(), "digest": previous})
            if step.event == "progress":
                self.notes += 1
                rows.setdefault(Progress, []).append(
                    {**ONE, "id": self.notes, "task_id": task, "person_id": step.person, "at": step.at,
                     "note": step.data["note"], "measure": None}
                )  # fmt: skip

    def _spans(self, task: dict[str, Any], sample: Sample, steps: list[Step], rows: Rows) -> None:
        """Write a span for each move after which the task stands otherwise, as `write_span` would have."""
        found: list[dict[str, Any]] = []
        due = task["original_due"]
        for step in steps:
            due = sample.due_on if step.event == "amend" else due
            sent = task["reported_on"] if step.state in {REPORTED, COMPLETED} else None
            stands = {"state": step.state, "current_due": due, "reported_on": sent}
            if found and all(found[-1][name] == value for name, value in stands.items()):
                continue
            if found:
                found[-1]["ended_at"] = step.at
            self.spans += 1
            found.append(
                {**ONE, **stands, "id": self.spans, "committee_id": 1, "task_id": sample.number, "seq": len(found) + 1,
                 "lead_unit_id": sample.unit, "original_due": task["original_due"], "event": step.event,
                 "began_at": step.at, "ended_at": None}
            )  # fmt: skip
        rows.setdefault(TaskSpan, []).extend(found)

    def _tell(self, sample: Sample, step: Step, rows: Rows) -> None:
        told = {
            **ONE, "id": sample.number, "person_id": head_of(sample.unit), "rule": "task.assign", "subject": TASK.name,
            "subject_id": sample.number, "slot": f"task-{sample.number}-1", "data": {"reason": "", "by": ""},
            "by_mail": False, "made_at": step.at, "read_at": step.at + DAY,
        }  # fmt: skip
        rows.setdefault(Notification, []).append(told)
