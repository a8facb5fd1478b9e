"""What follows from the moves of tasks and extensions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.clock import start_of
from app.db import session
from app.models import Conclusion, EvidenceLink, Progress, Task
from app.queries.calendars import clock_of
from app.queries.facts import pending_extension
from app.services.attaching import attach_files, note_attached
from app.services.batches import is_new
from app.services.due_dates import place_due
from app.services.history import write_event
from app.services.measures import check_measure, keep_measure, measure_in
from app.services.moves import Move, handles, make_move
from app.services.spans import write_span
from workflows import deadlines
from workflows import effects as then
from workflows.evidence import read_links
from workflows.task import REPORTED, TASK

if TYPE_CHECKING:
    from datetime import date

HISTORY_ENTERED = "nhập lại lịch sử"
"""The basis of what is recorded from old papers."""
LAPSE_REASON = "Nhiệm vụ không còn ở trạng thái được gia hạn."


def task_of(move: Move) -> Task:
    """Return the task that a move is about: of the task itself, or of what stands beside it."""
    item = move.item
    task: Task = item if isinstance(item, Task) else item.task
    return task


@handles(then.START_ACCEPTANCE)
def start_acceptance(move: Move) -> None:
    """Start the lead unit's time to accept anew."""
    task: Task = move.item
    task.assigned_at = move.at
    task.accepted_at = None
    task.owner_id = None


@handles(then.STAMP_ACCEPTED)
def stamp_accepted(move: Move) -> None:
    """Note when the unit accepted."""
    move.item.accepted_at = move.at


@handles(then.SET_DUE)
def set_due(move: Move) -> None:
    """Give the task its new due date; the first one a task ever gets becomes its original."""
    new_due: date | None = move.given.get("new_due")
    task = task_of(move)
    if new_due is None or new_due == task.current_due:
        return
    move.notes.setdefault("data", {})["due_before"] = task.current_due.isoformat() if task.current_due else None
    if task.original_due is None:
        task.original_due = new_due
    else:
        task.due_changes += 1
    place_due(task, new_due)
    if task is not move.item:
        if task.state == REPORTED:
            # The log keeps that the report was there first: the later date changes what the report counts as.
            move.notes["data"]["reported_on"] = str(task.reported_on)
        _note_on_task(move, task)


def _note_on_task(move: Move, task: Task) -> None:
    """Write the granted extension into the task's own history and standing."""
    task.last_moved_at = move.at
    session.flush()
    write_event(
        authority_id=task.authority_id,
        subject=TASK.name,
        subject_id=task.id,
        event="extended",
        from_state=task.state,
        to_state=task.state,
        at=move.at,
        role="system",
        actor_id=move.actor.person.id if move.actor else None,
        on_behalf_of_id=move.behalf.person.id if move.behalf else None,
        reason=str(move.given.get("remark") or ""),
        data={"extension": move.item.id, "new_due": str(task.current_due), **move.notes.get("data", {})},
    )
    write_span(task, "extended", move.at)


@handles(then.OPEN_PAUSE)
def open_pause(move: Move) -> None:
    """Note the pause."""
    move.item.paused_on = move.today
    move.item.pause_until = move.given["until"]


@handles(then.SHIFT_DUE)
def shift_due(move: Move) -> None:
    """End the pause: the working days paused are added to the due date."""
    task: Task = move.item
    if task.current_due is not None and task.paused_on is not None:
        before = task.current_due
        place_due(task, deadlines.shift_due(before, task.paused_on, move.today, clock_of(task.committee)))
        if task.current_due != before:
            task.due_changes += 1
            move.notes.setdefault("data", {}).update(due_before=str(before), new_due=str(task.current_due))
    task.paused_on = task.pause_until = None


@handles(then.MOVE_CLAUSE)
def move_clause(move: Move) -> None:
    """Let a later clause carry the task on."""
    clause = session.get(Conclusion, int(move.given["clause"]))
    if clause is not None:
        task: Task = move.item
        move.notes.setdefault("data", {}).update(old_clause=task.conclusion_id, old_directive=task.directive_id)
        # One source at a time: from now on the clause is what the task rests on.
        task.conclusion_id, task.directive_id = clause.id, None


@handles(then.NOTE_PROGRESS)
def note_progress(move: Move) -> None:
    """Keep a line of progress with its measure and evidence; it touches nothing else of the task."""
    author = move.author
    if author is None:
        return
    keep_measure(move, move.item)
    session.add(
        Progress(
            authority_id=move.item.authority_id,
            task_id=move.item.id,
            person_id=author.id,
            at=move.at,
            note=str(move.given["note"]),
            measure=measure_in(move),
        )
    )
    attach_evidence(move)


def attach_evidence(move: Move) -> None:
    """Attach what a move brought to the task, whoever did the work: there the next reader looks for it."""
    person, task = move.actor.person if move.actor else None, task_of(move)
    if person is None:
        return
    if sent := [int(file_id) for file_id in move.given.get("evidence") or []]:
        attached = attach_files(sent, subject=TASK.name, subject_id=task.id, role="evidence", person=person)
        note_attached(move, "evidence", attached)
    for link in read_links(move.given.get("links")) or ():
        given = {"authority_id": task.authority_id, "task_id": task.id, "person_id": person.id, "at": move.at}
        session.add(EvidenceLink(**given, url=link.url, shows=link.shows))


@handles(then.OPEN_REPORT)
def open_report(move: Move) -> None:
    """File the report as sent now; its day is what lateness counts to."""
    task: Task = move.item
    author = move.author
    task.reported_at, task.reported_on = move.at, move.today
    task.reporter_id = author.id if author else None
    task.report_recorder_id = move.actor.person.id if move.behalf and move.actor else None
    task.result = str(move.given["result"])
    task.opinion = ""
    check_measure(move, task)
    if (measure := measure_in(move)) is not None:
        task.measure = measure
    attach_evidence(move)


@handles(then.MARK_ACCEPTED_REPORT)
def mark_accepted_report(move: Move) -> None:
    """Close the task; the report's day stays what lateness is counted by."""
    move.item.completed_at = move.at
    move.item.self_confirmed = False


@handles(then.MARK_RETURNED_REPORT, then.MARK_RECALLED_REPORT)
def mark_returned_report(move: Move) -> None:
    """Treat the report as never sent; the history keeps it."""
    task: Task = move.item
    task.reported_at = task.reported_on = task.completed_at = None
    task.reporter_id = task.report_recorder_id = None
    task.self_confirmed = False


@handles(then.RECORD_DONE)
def record_done(move: Move) -> None:
    """Close a task of an old notice on the day on which it was done; noon stands for the hour that no paper tells."""
    task: Task = move.item
    done_on: date = move.given["done_on"]
    task.reported_on, task.reported_at = done_on, start_of(done_on) + timedelta(hours=12)
    task.completed_at = task.reported_at
    task.result = str(move.given["result"])
    move.notes.setdefault("data", {})["basis_text"] = HISTORY_ENTERED


@handles(then.COUNT_RETURN)
def count_return(move: Move) -> None:
    """Count that the work was sent back."""
    move.item.returns += 1


@handles(then.MARK_SELF_RULED)
def mark_self_ruled(move: Move) -> None:
    """Mark a ruling by somebody who is a party, because nobody else was left."""
    move.notes.setdefault("data", {})["self_ruled"] = True
    if isinstance(move.item, Task) and move.item.completed_at is not None:
        move.item.self_confirmed = True


@handles(then.OPEN_CARD)
def open_card(move: Move) -> None:
    """Keep the proposal on the task until it is answered (the column is filled from the form)."""
    move.notes.setdefault("data", {})["card"] = True


@handles(then.CLOSE_CARD)
def close_card(move: Move) -> None:
    """Take the answered proposal off the task; the history keeps it beside its answer."""
    move.notes.setdefault("data", {})["proposal"] = move.item.card
    move.item.card = ""


@handles(then.LAPSE_CARD)
def lapse_card(move: Move) -> None:
    """Close a proposal that nobody has answered when the task is over; the history keeps its words."""
    task: Task = move.item
    if task.card:
        move.notes.setdefault("data", {})["lapsed_proposal"] = task.card
        task.card = ""


@handles(then.LAPSE_EXTENSION)
def lapse_extension(move: Move) -> None:
    """Let a pending request lapse, where there is one."""
    pending = None if is_new(move.item.id) else pending_extension(move.item.id)
    if pending is not None:
        make_move(pending, "lapse", {"reason": LAPSE_REASON})
