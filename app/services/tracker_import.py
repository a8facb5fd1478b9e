"""A previewed tracker becomes tasks, all in one transaction; and is taken out again, all at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from sqlalchemy import and_, bindparam, func, select, update

from app import access
from app.clock import day_of, now, start_of, today
from app.db import session, table_of
from app.errors import ChangedMeanwhileError, DomainError
from app.models import Directive, Notification, Task, TaskSpan, TrackerImport, TrackerRow
from app.queries.facts import task_facts
from app.queries.trackers import rows_of
from app.services.batches import batch
from app.services.directives import record_directive
from app.services.moves import Sight, make_move
from app.services.numbering import take_task_codes
from app.services.task_orders import Order, draft_task
from app.services.tracker_judging import DONE, DOUBLE, NEW, NO_DUE, Plan
from app.services.trackers import judge_again
from workflows.task import ENTER_DONE, TASK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from app.access import Actor
    from workflows.task import TaskFacts

_STEP = 25
_TOGETHER = 250
"""How many tasks are written in one breath: more gain nothing, and the bar is to move."""
_CHUNK = 500


@dataclass
class _Run:
    """One import on its way: what is read once for all its rows."""

    made: TrackerImport
    actor: Actor
    directives: dict[tuple[str, date], Directive]
    sights: dict[int, Sight] = field(default_factory=dict)


def is_taken(row: TrackerRow) -> bool:
    """Say whether a row is to be brought in: new and done unless left out, a double where ticked; none twice."""
    if row.task_ids:
        return False
    if row.outcome == DOUBLE:
        return row.said.get("take") == "yes"
    return row.outcome in {NEW, DONE} and row.said.get("take") != "no"


def changed_of(rows: Sequence[TrackerRow], said: Mapping[int, Mapping[str, str]]) -> dict[int, dict[str, str]]:
    """Return of what a page sent about rows (by their numbers) only what differs from how they stand."""
    changed = {}
    for row in rows:
        stands = {"meant": "no", "aside": "no", **row.said, "take": "yes" if is_taken(row) else "no"}
        differs = {name: value for name, value in said.get(row.number, {}).items() if value != stands.get(name, "")}
        if differs and not row.task_ids:
            changed[row.number] = differs
    return changed


def import_rows(made: TrackerImport, actor: Actor, told: Callable[[int, int], None] | None = None) -> int:
    """Make and assign the tasks of all rows taken; return how many there are. What is left may follow, once mended.

    Each rests on the paper that its row names, as a task from a directing document does; the log, the ledger of
    standings and reminders follow from the moves. Nobody gets mail about what a tracker has told long ago.

    :param told: is called with how many rows are done, of how many.
    :raises DomainError: nothing is to be brought in, or a row cannot be; then nothing is.
    """
    _claim(made)
    every = rows_of(made.id)
    plans = judge_again(made, every)
    rows = [row for row in every if is_taken(row)]
    if not rows:
        _refuse_again(made)
        raise DomainError(
            "Không có dòng nào để nhập. Hãy sửa các dòng có lỗi, hoặc chọn lại cột.",
            "There is nothing to import. Mend the rows with errors, or choose the columns again.",
        )
    orders = [(row, lead) for row in rows for lead in plans[row.number].leads]
    codes = take_task_codes(made.authority_id, today().year, len(orders)) if orders else []
    run = _Run(made, actor, _known_papers(made))
    drafts: list[tuple[TrackerRow, Plan, Task]] = []
    coded = [*zip(orders, codes, strict=True)]
    for start in range(0, len(coded), _TOGETHER):
        made_now = _drafts(run, plans, coded[start : start + _TOGETHER])
        with batch([task.id for _row, _plan, task in made_now]):
            for done, (_row, plan, task) in enumerate(made_now, len(drafts) + 1):
                _move(run, plan, task)
                if told and done % _STEP == 0:
                    told(done, len(orders))
        drafts += made_now
    # Only now: a changed row would be written with each move, one by one.
    for row, _plan, task in drafts:
        row.task_ids = [*row.task_ids, task.id]
    session.flush()
    _date_back([(task.id, start_of(plan.given_on or today())) for _, plan, task in drafts if not plan.done_on])
    _keep_from_mail([task.id for _, _, task in drafts])
    return len(drafts)


def _claim(made: TrackerImport) -> None:
    """Note the import as done, and hold its row so that nobody brings in the same rows; unless it was undone."""
    claimed = session.execute(
        update(TrackerImport)
        .where(TrackerImport.id == made.id, TrackerImport.undone_at.is_(None))
        .values(imported_at=func.coalesce(TrackerImport.imported_at, now()))
        .returning(TrackerImport.id)
        .execution_options(synchronize_session=False)
    ).first()
    if claimed is None:
        raise ChangedMeanwhileError(
            "Lần nhập này đã hoàn tác. Hãy tải tệp lên lần nữa.", "This import was undone. Upload the file again."
        )
    session.refresh(made)


def _refuse_again(made: TrackerImport) -> None:
    """Refuse to bring in what is in: a second click, or a second person."""
    if any(row.task_ids for row in rows_of(made.id)):
        raise ChangedMeanwhileError(
            "Sổ này vừa được nhập rồi. Hãy tải lại trang để xem kết quả.",
            "This tracker has just been imported. Load the page again to see the result.",
        )


def _drafts(
    run: _Run, plans: Mapping[int, Plan], part: Sequence[tuple[tuple[TrackerRow, int], str]]
) -> list[tuple[TrackerRow, Plan, Task]]:
    """Return the draft tasks of some rows, written; their papers are recorded first."""
    about = [(row, plans[row.number], lead, code) for (row, lead), code in part]
    sources = [_directive(run, plan, plan.given_on or today()) for _row, plan, _lead, _code in about]
    drafts = [
        (row, plan, draft_task(source, _order(plan, lead), committee_id=run.made.committee_id, code=code))
        for (row, plan, lead, code), source in zip(about, sources, strict=True)
    ]
    for _row, plan, task in drafts:
        if plan.done_on:
            task.assigned_at = start_of(plan.given_on or today())
    session.flush()
    return drafts


def _move(run: _Run, plan: Plan, task: Task) -> None:
    """Assign a draft, or enter it as done."""
    if plan.done_on:
        said = {"done_on": plan.done_on, "result": plan.result}
        make_move(task, ENTER_DONE, said, actor=run.actor, sight=_sight(run, task))
    else:
        make_move(task, "assign", actor=run.actor, sight=_sight(run, task))


def _sight(run: _Run, task: Task) -> Sight:
    """Return what a move reads of a task: of drafts just made, only these parts differ."""
    if task.lead_unit_id not in run.sights:
        run.sights[task.lead_unit_id] = Sight(task_facts(task), access.panel_for(run.actor.standing, task))
    like = run.sights[task.lead_unit_id]
    facts = replace(
        cast("TaskFacts", like.facts),
        due_on=task.current_due,
        no_due_reason=task.no_due_reason,
        given_on=day_of(task.assigned_at) if task.assigned_at else None,
    )
    return Sight(facts, like.panel)


def _date_back(given: list[tuple[int, datetime]]) -> None:
    """Let open tasks stand as assigned at 00:00 of the day they were given; all of them in two statements."""
    if not given:
        return
    values = [{"task": task_id, "at": at} for task_id, at in given]
    task, span = table_of(Task), table_of(TaskSpan)
    session.execute(update(task).where(task.c.id == bindparam("task")).values(assigned_at=bindparam("at")), values)
    standing = and_(span.c.task_id == bindparam("task"), span.c.ended_at.is_(None))
    session.execute(update(span).where(standing).values(began_at=bindparam("at")), values)


def _order(plan: Plan, lead: int) -> Order:
    return Order(
        text="\n".join([plan.text, *plan.kept]),
        lead_unit_id=lead,
        lead_words=plan.lead_words,
        coordinating_ids=[unit for unit in plan.helpers if unit != lead],
        due_on=plan.due_on,
        no_due_reason=plan.no_due_reason or NO_DUE,
        recurrence=plan.rhythm,
        deliverable=plan.deliverable,
        target_value=plan.target,
        target_unit=plan.target_unit,
        evidence_rule=plan.evidence,
        historic=True,
    )


def _known_papers(made: TrackerImport) -> dict[tuple[str, date], Directive]:
    """Return the committee's papers by symbol and day; of two alike the first."""
    query = select(Directive).where(Directive.committee_id == made.committee_id).order_by(Directive.id.desc())
    return {(paper.symbol, paper.issued_on): paper for paper in session.scalars(query)}


def _directive(run: _Run, plan: Plan, given_on: date) -> Directive:
    """Return the paper that a row rests on: one known by its symbol and day, else recorded now."""
    made, symbol = run.made, plan.symbol or run.made.symbol
    key = symbol, given_on
    if key not in run.directives:
        run.directives[key] = record_directive(
            made.committee, symbol=symbol, issued_on=given_on,
            issuer=made.committee.issuing_body or made.committee.name,
            subject=f"Theo sổ theo dõi «{made.file.name}»", file_id=made.file_id if not plan.symbol else None,
        )  # fmt: skip
    return run.directives[key]


def _keep_from_mail(task_ids: list[int]) -> None:
    """Leave what the moves tell in the people's lists, but out of their mail."""
    for start in range(0, len(task_ids), _CHUNK):
        session.execute(
            update(Notification)
            .where(Notification.subject == TASK.name, Notification.subject_id.in_(task_ids[start : start + _CHUNK]))
            .values(by_mail=False, urgent=False)
            .execution_options(synchronize_session=False)
        )
