"""The three homes, and where somebody without a role begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import day_of, today
from app.db import transaction
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError
from app.forms.moves import sentence
from app.models import Task
from app.queries import notifications as told
from app.queries import unit_inbox as inbox
from app.queries.absences import absences_today
from app.queries.agenda_proposals import proposals_by
from app.queries.calendars import calendar_of, clock_of
from app.queries.held_rulings import held_by
from app.queries.overview import (
    CommitteePeriod,
    committees_with_period,
    outlook,
    unit_counts,
    with_first_dates,
)
from app.queries.proposals import desk_proposals, own_proposals
from app.queries.secretary_desk import read_desk
from app.queries.shared_out import owed_in
from app.queries.task_list import TaskFilter
from app.services.moves import make_move
from app.services.overtaken import last_change
from app.ui.after_report import said_before_ruling, said_of_moved
from app.ui.home_desk import desk_of
from app.ui.home_inbox import accept_words, may_accept, owed_lines, praise, sections_of
from app.ui.home_overview import list_of, overview_of, strip_of
from app.ui.home_queue import MOST, SHOWN, queue_of
from app.ui.home_words import ON_CARDS, deed_of, seconds_left
from app.ui.notification_words import minutes_page, news_list, report_page
from app.ui.proposal_words import desk_entries, money
from app.ui.speech import ngettext
from app.ui.task_words import left_until, mark_of, status_of
from app.views.changed import by_oneself
from app.views.guard import signed_in
from app.views.locale import current_language
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.deadlines import Clock
from workflows.holding import WAITING
from workflows.proposal import PROPOSAL
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Unit
    from app.queries.standing import Standing

home = Blueprint("home", __name__)

NEWS = 6
PROPOSALS = 4
MOST_AT_ONCE = 100


def homes_of(standing: Standing) -> list[str]:
    """Return the homes of a person, the first one first: who rules begins with the rulings."""
    found = []
    if standing.chair_of or standing.deputy_of or standing.mandates:
        found.append("home.chair")
    if standing.secretary_of:
        found.append("home.secretary")
    if standing.units:
        found.append("home.unit")
    if standing.committees and "home.chair" not in found:
        found.append("home.chair")
    return found


def _tabs(here: str) -> list[tuple[str, str, bool]]:
    """Return the tabs between a person's homes; none for one home alone."""
    found = homes_of(current_user.standing)
    words = {
        "home.chair": _("Chờ quyết định"),
        "home.secretary": _("Bàn thư ký"),
        "home.unit": _("Việc của chúng tôi"),
    }
    return [(words[name], url_for(name), name == here) for name in found] if len(found) > 1 else []


@home.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Go to the person's first home; who holds no office yet is told what to do."""
    found = homes_of(current_user.standing)
    if found:
        return redirect(url_for(found[0]), 303)
    return render_template("home/nobody.html", is_admin=current_user.person.is_admin)


@home.get("/chair")
@signed_in
def chair() -> ResponseReturnValue:
    """Show what waits for this person's ruling, then how the committee stands.

    Over 40 lines: its steps belong under one eye, in the order in which they happen.
    """
    standing, day = current_user.standing, today()
    if "home.chair" not in homes_of(standing):
        return redirect(url_for("home.index"), 303)
    committees = committees_with_period(standing.committees, day)
    running = _chosen(committees)
    calendar = calendar_of(standing.authority_id)
    clock = clock_of(running.committee) if running else Clock(calendar)
    units = unit_counts(standing, day, running)
    ahead = outlook(standing, day, running) if running else None
    units = with_first_dates(units, ahead.moved_dates, day, clock) if ahead else units
    held = held_by(current_user.person.id)
    waiting = {(ruling.workflow, ruling.item_id) for ruling in held if ruling.outcome == WAITING}
    shown = MOST if request.args.get("all") else SHOWN
    return render_template(
        "home/chair.html",
        away=absences_today(standing, day),
        tabs=_tabs("home.chair"),
        held=held,
        deeds=deed_of,
        seconds_left=seconds_left,
        language=current_language(),
        queue=queue_of(current_user.actor, units, calendar, day, shown=shown, held=waiting),
        units={unit.id: unit.name for unit in units},
        options={"unit": [(unit.id, unit.name, " ".join(unit.words)) for unit in units if not unit.abolished]},
        **ON_CARDS,
        money=money,
        minutes_page=minutes_page,
        report_page=report_page,
        time=lambda row: status_of(row, day, clock),
        before_ruling=lambda row: said_before_ruling(
            row.state, row.reported_on, row.current_due, row.requested_due, clock
        ),
        moved=lambda row: said_of_moved(row.due_at_report, row.current_due, row.reported_on, clock),
        day_of=day_of,
        several=len(committees) > 1,
        committees=[(c.committee, url_for("home.chair", committee=c.committee.id), c == running) for c in committees],
        running=running,
        overview=overview_of(units, running) if running else None,
        ahead=ahead,
        ahead_href=list_of(ahead.wanted) if ahead else "",
        strip=strip_of(ahead, calendar, day) if ahead else [],
        mark=lambda row: mark_of(row, day, clock),
        left=lambda due: left_until(due, day, clock) if due else None,
        working=clock.count == "working",
        calendar=calendar,
        today=day,
    )


def _chosen(committees: Sequence[CommitteePeriod]) -> CommitteePeriod | None:
    """Return the committee of the address, else the first."""
    wanted = request.args.get("committee", "")
    return next((one for one in committees if str(one.committee.id) == wanted), next(iter(committees), None))


@home.get("/unit")
@signed_in
def unit() -> ResponseReturnValue:
    """Show what a unit must do now."""
    standing, day = current_user.standing, today()
    if not standing.units:
        return redirect(url_for("home.index"), 303)
    units = inbox.own_units(standing)
    here = _chosen_unit(units)
    counts = inbox.inbox_counts(standing, here.id, day)
    calendar = calendar_of(standing.authority_id)
    clock = Clock(calendar)
    rows = inbox.inbox_rows(standing, here.id, day)
    return render_template(
        "home/unit.html",
        away=absences_today(standing, day),
        tabs=_tabs("home.unit"),
        unit=here,
        units=[(one.short_name, url_for("home.unit", unit=one.id), one is here) for one in units],
        counts=counts,
        sections=sections_of(rows, counts, here, day, clock),
        praise=praise(counts),
        owed=owed_lines(owed_in(standing, here.id), day, clock),
        own_proposals=[(one, PROPOSAL.by_name[one.state]) for one in own_proposals(standing, here.id)],
        accepting=may_accept(standing, here, day),
        accept_words=accept_words,
        mine_href=list_of(TaskFilter(unit=here.id, owner=standing.person_id)),
        open_href=list_of(TaskFilter(unit=here.id)),
        news=news_list(told.told_to(standing, size=NEWS)),
        proposals=proposals_by(standing, unit_id=here.id, limit=PROPOSALS),
        proposal_states=AGENDA_PROPOSAL.by_name,
        me=standing.person_id,
        mark=lambda row: mark_of(row, day, clock),
        left=lambda due: left_until(due, day, clock) if due else None,
        today=day,
    )


def _chosen_unit(units: Sequence[Unit]) -> Unit:
    """Return the unit of the address, else the person's first."""
    wanted = request.args.get("unit", "")
    return next((one for one in units if str(one.id) == wanted), units[0])


class Refusal(NamedTuple):
    """A task that was not accepted, and why."""

    task: Task | None
    why: str


@home.post("/unit/accept")
@signed_in
def accept() -> ResponseReturnValue:
    """Accept the chosen tasks, each by itself: what is refused is said, the rest stands."""
    wanted = request.form.getlist("shown" if request.form.get("all") else "task")
    chosen = list(dict.fromkeys(wanted))[:MOST_AT_ONCE]
    if not chosen:
        flash(_("Hãy đánh dấu ít nhất một nhiệm vụ rồi bấm Tiếp nhận."), "warning")
        return redirect(_back_to_unit(), 303)
    refused = [refusal for one in chosen if (refusal := _accept_one(one))]
    done = len(chosen) - len(refused)
    if done:
        flash(ngettext("Đã tiếp nhận %(num)d nhiệm vụ.", "Đã tiếp nhận %(num)d nhiệm vụ.", done), "success")
    for refusal in refused:
        title = refusal.task.code if refusal.task else _("Một nhiệm vụ")
        flash(_("%(task)s chưa được tiếp nhận: %(why)s", task=title, why=refusal.why), "error")
    return redirect(_back_to_unit(), 303)


def _back_to_unit() -> str:
    unit_id = request.form.get("unit", "")
    return url_for("home.unit", unit=unit_id if unit_id.isdecimal() else None)


def _accept_one(text: str) -> Refusal | None:
    """Accept one task, written as id and the version that was seen; return why not, or None."""
    task_id, _colon, version = text.partition(":")
    task = None
    try:
        with transaction():
            if not (task_id.isdecimal() and len(task_id) < len(str(2**31))):
                raise NotFoundError
            task = access.load(Task, int(task_id), current_user.standing)
            seen = int(version) if version.isdecimal() else None
            make_move(task, "accept", actor=current_user.actor, version=seen)
    except ChangedMeanwhileError:
        own = by_oneself(TASK, last_change(TASK, int(task_id)))
        why = own + "." if own else _("việc này vừa được người khác thay đổi. Hãy xem lại rồi tiếp nhận.")
        return Refusal(task, why)
    except DomainError as error:
        return Refusal(task, sentence(error.sentence))
    return None


@home.get("/desk")
@signed_in
def secretary() -> ResponseReturnValue:
    """Show what the secretary must see to: meetings and papers, who is late, the month."""
    standing, day = current_user.standing, today()
    if not standing.secretary_of:
        return redirect(url_for("home.index"), 303)
    desk = desk_of(read_desk(standing, day), calendar_of(standing.authority_id), day)
    clock = Clock(calendar_of(standing.authority_id))
    return render_template(
        "home/desk.html",
        away=absences_today(standing, day),
        tabs=_tabs("home.secretary"),
        desk=desk,
        entries=desk_entries(desk_proposals(standing)),
        mark=lambda row: mark_of(row, day, clock),
        left=lambda due: left_until(due, day, clock) if due else None,
        today=day,
    )
