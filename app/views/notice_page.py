"""How a notice is drawn: the draft with its editor for the secretary, the paper for everybody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import today
from app.forms.notices import AddClausesForm, WriteClauseForm, WriteHeadForm
from app.queries import notices as found
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import group_choices, unit_choices
from app.queries.continuable_tasks import continuable_tasks, likely_clause
from app.queries.held_rulings import held_by
from app.queries.known_papers import SOURCE
from app.queries.notice_order import followed_by, notices_to_replace
from app.queries.paper_facts import issue_by, replaced_tasks
from app.queries.paper_text import live_clauses
from app.queries.ruling_details import told_of
from app.queries.task_page import files_of
from app.services.meeting_opening import unmet_day
from app.services.moves import look_at, offers_for, refusals_for
from app.ui import notice_words as words
from app.ui.home_words import deed_of, seconds_left
from app.ui.notice_effects import effects_of
from app.ui.task_history import open_file
from app.ui.task_words import left_until, mark_of
from app.views.locale import current_language
from app.views.recording import recordable
from workflows.conclusion import PROGRESS
from workflows.holding import WAITING
from workflows.notice import DRAFTING, ISSUED, NOTICE, OFFICIAL, OPEN
from workflows.replaced import CARRIED, KEEP, TREATMENTS
from workflows.roles import Role
from workflows.urgency import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.models import Conclusion, HeldRuling, Notice, Task
    from app.queries.notices import ClauseView
    from app.ui.notice_effects import Effects
    from app.views.moves import Attempt
    from workflows.kernel import Transition

FORWARD = "green"
WORDS = {
    "gap_words": words.gap_words,
    "strange_words": words.strange_words,
    "due_words": words.due_words,
    "past_due_of": words.past_due_of,
}
BOARD = frozenset({Role.CHAIR, Role.DEPUTY})
AWAITING_RULING = frozenset(state for row in NOTICE.transitions if BOARD & row.roles for state in row.sources)
"""States in which the board may do something, and the secretary record it."""


@dataclass(frozen=True)
class Editing:
    """What is being edited on a draft's page: the form that stands open with what was typed in it."""

    clause: WriteClauseForm | None = None
    clause_id: int | None = None
    head: WriteHeadForm | None = None
    add: AddClausesForm | None = None
    treatments: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    done: Mapping[str, str] | None = None
    """What was typed of the clauses done before the notice was entered, by the names of the fields."""
    said: str = ""
    forget: str = ""
    """The form whose drafts the browser must forget, because the text was refused as secret."""


def draw(notice: Notice, attempt: Attempt | None = None, editing: Editing | None = None) -> str:
    """Draw the page of a notice for the person who asks."""
    actor = current_user.actor
    roles = access.roles_of(actor.standing, notice)
    sight = look_at(notice, actor.standing)
    rows = _most_awaited_first(offers_for(notice, actor, sight), roles)
    owed = [row.event for row in rows if row.duty & roles]
    views = found.clauses_of(notice)
    common: dict[str, Any] = {
        "notice": notice,
        "state": NOTICE.by_name[notice.state],
        "views": views,
        "rows": rows,
        "primary": owed[:1],
        "duties": owed,
        "facts": sight.facts,
        "roles": roles,
        "urgency": LEVELS.get(notice.urgency),
        "refusals": refusals_for(notice, actor, sight),
        "recordable": recordable(notice, actor, sight) if notice.state in AWAITING_RULING else [],
        "attempt": attempt,
        "moments": words.moments(found.events_of(NOTICE.name, notice.id), _("Hệ thống")),
        "issue_by": issue_by(notice) if notice.state in OPEN else None,
        "today": today(),
        "calendar": calendar_of(notice.authority_id),
        **WORDS,
    }
    if common["issue_by"]:
        common["left"] = left_until(common["issue_by"], today(), clock_of(notice.committee))
    if notice.state == DRAFTING and Role.SECRETARY in roles:
        return _draft(notice, views, common, editing or _opened(views))
    return _paper(notice, views, common | _ruling(notice, rows, roles))


def _ruling(notice: Notice, rows: Sequence[Transition], roles: frozenset[Role]) -> dict[str, Any]:
    """Return what the board sees of its rulings: those held, and the moves that are left meanwhile."""
    held = _held(notice, roles)
    waits = any(one.outcome == WAITING for one in held)
    return {
        "held": held,
        # Who rules as secretary, too, has no queue of rulings: her moves are made at once.
        "hold": bool(BOARD & roles) and Role.SECRETARY not in roles,
        "rows": [row for row in rows if not (waits and BOARD & row.roles)],
        "deeds": deed_of,
        "seconds_left": seconds_left,
        "language": current_language(),
    }


def _held(notice: Notice, roles: frozenset[Role]) -> list[HeldRuling]:
    """Return this person's rulings on the notice that can still be taken back, or could not take effect."""
    if notice.state not in AWAITING_RULING or not BOARD & roles:
        return []
    mine = held_by(current_user.person.id)
    return [one for one in mine if (one.workflow, one.item_id) == (NOTICE.name, notice.id)]


def _most_awaited_first(rows: Sequence[Transition], roles: frozenset[Role]) -> list[Transition]:
    """Return the moves with what is owed first, and of that the one that brings the notice forward."""
    return sorted(rows, key=lambda row: (not row.duty & roles, row.tone != FORWARD))


def _opened(views: Sequence[ClauseView]) -> Editing:
    """Return the clause that the address asks to edit."""
    wanted = request.args.get("clause", "")
    view = next((view for view in views if str(view.clause.id) == wanted), None)
    return Editing(clause_id=view.clause.id, clause=clause_form(view.clause)) if view else Editing()


def _draft(notice: Notice, views: Sequence[ClauseView], common: dict[str, Any], editing: Editing) -> str:
    missing = found.missing_in(notice, views)
    page = url_for("notices.show", notice_id=notice.id)
    edited = next((view.clause for view in views if view.clause.id == editing.clause_id), None)
    return render_template(
        "notices/draft.html",
        **common,
        editing=editing,
        form=editing.clause,
        notes=words.suggestion_notes(edited) if edited else {},
        head=editing.head or head_form(notice),
        add=editing.add or AddClausesForm(formdata=None),
        sources=[open_file(line) for line in files_of(NOTICE.name, notice.id, SOURCE)],
        steps=words.steps_before_submission(missing, views, page),
        owed=[row for row in common["rows"] if row.event in common["duties"]],
        others=[row for row in common["rows"] if row.event not in common["duties"]],
        treatments=TREATMENTS,
        past_due=found.due_before_entry(notice, views),
        unmet_day=unmet_day(notice),
        replaced=[_replaced(notice, task, editing) for task in replaced_tasks(notice)],
    )


def _replaced(notice: Notice, task: Task, editing: Editing) -> tuple[Task, Mapping[str, str], str]:
    """Return a replaced task, what is said of it, and what to look at where another unit leads it."""
    said = _treatment(notice, task, editing)
    clause = next((one for one in live_clauses(notice) if str(one.id) == said.get("clause")), None)
    strange = clause is not None and said.get("treatment") in CARRIED and found.led_by_another(clause, task)
    return task, said, words.strange_words(clause, task) if clause and strange else ""


def _treatment(notice: Notice, task: Task, editing: Editing) -> Mapping[str, str]:
    """Return what is said of a replaced task: as typed a moment ago, else as kept, else where it seems to belong."""
    if task.id in editing.treatments:
        return editing.treatments[task.id]
    kept = next((row for row in notice.replaced if row.task_id == task.id), None)
    if kept is None:
        carrier = next((one for one in live_clauses(notice) if one.continues_task_id == task.id), None)
        if carrier is not None:
            return {"treatment": KEEP, "clause": str(carrier.id)}
        likely = likely_clause(task, live_clauses(notice))
        return {"clause": str(likely.id)} if likely else {}
    due = f"{kept.new_due:%d/%m/%Y}" if kept.new_due else ""
    return {"treatment": kept.treatment, "clause": str(kept.clause_id), "due": due}


def _paper(notice: Notice, views: Sequence[ClauseView], common: dict[str, Any]) -> str:
    clock, day = clock_of(notice.committee), today()
    official = notice.state in OFFICIAL
    every = [task for view in views for task in view.tasks]
    return render_template(
        "notices/paper.html",
        **common,
        official=official,
        progress=PROGRESS,
        marks={task.id: mark_of(task, day, clock) for task in every},
        tasks=every,
        seen=access.seen_among(current_user.standing, every),
        sees_meeting=notice.meeting is not None and access.may_see(current_user.standing, notice.meeting),
        mail_words=words.mail_words(),
        told=found.people_told(notice) if official else [],
        copies=[open_file(line) for line in files_of(NOTICE.name, notice.id, "signed_copy")] if official else [],
        followed=_followed(notice) if official else [],
        effects=_effects(notice),
        mark=lambda row: mark_of(row, day, clock),
        may_follow=notice.state == ISSUED and Role.SECRETARY in common["roles"],
    )


def _effects(notice: Notice) -> Effects | None:
    """Return what issuing the notice will do to tasks; None where it is issued or dropped already."""
    if notice.state not in OPEN:
        return None
    told = told_of((), {notice.id})
    return effects_of(told.clauses[notice.id], told.touched[notice.id].values())


def _followed(notice: Notice) -> list[tuple[Notice, bool]]:
    """Return the later notices that supersede or supplement this one, each with whether this person may open it."""
    later = followed_by([notice.id]).get(notice.id, ())
    return [(paper, access.may_see(current_user.standing, paper)) for paper in later]


def clause_form(clause: Conclusion) -> WriteClauseForm:
    """Return the form of a clause with everything it offers to choose."""
    authority_id = clause.authority_id
    return WriteClauseForm.of(
        clause, unit_choices(authority_id), group_choices(authority_id), continuable_tasks(clause)
    )


def head_form(notice: Notice) -> WriteHeadForm:
    """Return the form of a notice's head with who may sign and what may be replaced."""
    return WriteHeadForm.of(notice, found.signers(notice.committee_id, today()), notices_to_replace(notice))
