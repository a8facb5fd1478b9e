"""Proposals (tờ trình): the register, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import day_of, local, today
from app.documents.proposal_register import proposal_register
from app.forms.moves import sentence
from app.forms.proposals import AssignFromProposalForm
from app.forms.tasks import read_page
from app.models import Proposal
from app.queries import proposals as found
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import unit_choices, unit_filter
from app.queries.notices import events_of
from app.queries.task_page import files_of
from app.services import proposals as service
from app.services.moves import Sight, offers_for, refusals_for
from app.ui import proposal_words as words
from app.ui.formats import day
from app.ui.task_history import open_file
from app.ui.task_words import mark_of
from app.views.guard import by_loader, signed_in
from app.views.held_here import rulings_here
from app.views.moves import RECORDED, Attempt, page_for
from app.views.recording import recordable
from workflows.meeting import CONVENED, PLANNED
from workflows.proposal import APPROVED, EDITABLE, ON_AGENDA, PROPOSAL, RULED, SUPPLEMENT_REQUESTED
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Meeting
    from workflows.kernel import Transition

proposals = Blueprint("proposals", __name__, url_prefix="/proposals")

FORWARD = {"green", "violet"}
MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


@proposals.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as proposals.list
    """Show the register of the proposals this person may see, narrowed by the address."""
    standing, wanted = current_user.standing, _wanted()
    return render_template(
        "proposals/list.html",
        wanted=wanted,
        register=found.register_of(standing, wanted),
        named=PROPOSAL.by_name,
        states=[(state.name, sentence(state.label)) for state in PROPOSAL.states],
        committees=[(one.id, one.name) for one in found.committees_to_ask(standing.authority_id)],
        units=unit_filter(standing.authority_id),
        may_write=bool(standing.units),
        money=words.money,
        day_of=day_of,
        chosen=_chosen(wanted),
        args={k: v for k, v in request.args.items() if v},
    )


@proposals.get("/export.<any(xlsx,csv):kind>")
@signed_in
def export(kind: str) -> ResponseReturnValue:
    """Give the register as a workbook or as CSV: the rows of all pages, narrowed as the list is."""
    rows, on = found.all_of(current_user.standing, _wanted()), today()
    response = Response(proposal_register(rows, on, kind), mimetype=MEDIA[kind])
    response.headers.set("Content-Disposition", "attachment", filename=f"so-to-trinh-{on:%Y-%m-%d}.{kind}")
    return response


def _wanted() -> found.Wanted:
    args = request.args
    return found.Wanted(
        q=args.get("q", "").strip()[:200],
        committee_id=_number(args.get("committee", "")),
        unit_id=_number(args.get("unit", "")),
        state=args["state"] if args.get("state") in PROPOSAL.by_name else "",
        page=read_page(args),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 -- an id


def _chosen(wanted: found.Wanted) -> Sequence[tuple[str, str]]:
    """Return the conditions in force, each with the address that takes it away."""
    given = {"q": wanted.q, "committee": wanted.committee_id, "unit": wanted.unit_id, "state": wanted.state}
    said = {
        "q": _("Có chữ «%(q)s»", q=wanted.q),
        "committee": _("Ban đã chọn"),
        "unit": _("Đơn vị đã chọn"),
        "state": sentence(PROPOSAL.by_name[wanted.state].label) if wanted.state else "",
    }
    kept = {name: value for name, value in given.items() if value}
    path = url_for("proposals.list")
    return [
        (said[name], f"{path}?{urlencode({other: kept[other] for other in kept if other != name})}") for name in kept
    ]


@proposals.get("/<int:proposal_id>")
@by_loader
def show(proposal_id: int) -> ResponseReturnValue:
    """Show one proposal."""
    # Read whole, so that the loader finds it with all its page needs.
    whole = found.read_proposal(proposal_id)
    return draw_proposal(access.load(Proposal, whole.id if whole else proposal_id, current_user.standing), None)


@page_for("proposal", home=lambda proposal: url_for("proposals.show", proposal_id=proposal.id))
def draw_proposal(proposal: Proposal, attempt: Attempt | None, assigning: AssignFromProposalForm | None = None) -> str:
    """Draw a proposal's page; with a failed attempt its form stands open with what was typed.

    Over 40 lines: what one page is drawn from, side by side.
    """
    actor, today_ = current_user.actor, today()
    meetings = found.meetings_for(proposal)
    sight = Sight(found.proposal_facts(proposal, meetings), access.panel_for(actor.standing, proposal))
    roles = access.roles_of(actor.standing, proposal, None, sight.panel)
    rows = sorted(offers_for(proposal, actor, sight), key=lambda row: (not row.duty & roles, row.tone not in FORWARD))
    places, tasks = found.places_of(proposal.id), found.tasks_of(proposal.id)
    place = places[0] if places and proposal.state == ON_AGENDA else None
    recorded = _recorded(proposal, sight, attempt)
    clock = clock_of(proposal.committee)
    assigns = proposal.state == APPROVED and bool(roles & {Role.CHAIR, Role.SECRETARY})
    clauses = found.clauses_of(proposal.id)
    options = _options(proposal, meetings, [*rows, *(row for one in recorded["recordable"] for row in one.rows)])
    files = files_of(PROPOSAL.name, proposal.id)
    seen = access.seen_among(actor.standing, tasks)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        state=PROPOSAL.by_name[proposal.state],
        duties=[row.event for row in rows if row.duty & roles][:1],
        facts=sight.facts,
        refusals=refusals_for(proposal, actor, sight),
        options=options,
        presets=_presets(rows, options),
        **recorded,
        records=Role.SECRETARY in roles,
        attempt=attempt,
        **rulings_here((PROPOSAL.name, proposal.id), rows, roles, attempt),
        waiting=words.waiting_for(proposal, place.meeting if place else None),
        money=words.money,
        editable=proposal.state in EDITABLE and proposal.unit_id in actor.standing.units,
        asked=proposal.state == SUPPLEMENT_REQUESTED,
        ruled=proposal.state in RULED,
        approved=proposal.state == APPROVED,
        places=[(one, access.may_see(actor.standing, one.meeting)) for one in places],
        papers=[open_file(line) for line in files if line.attachment.role == service.PAPER],
        answers=[open_file(line) for line in files if line.attachment.role == service.ANSWER],
        submissions=words.submissions_of(proposal.submissions),
        tasks=[(task, mark_of(task, today_, clock), task.id in seen) for task in tasks],
        clauses=[(clause, access.may_see(actor.standing, clause.notice)) for clause in clauses],
        notice=_notice_to_fill(proposal, clauses, roles),
        assigning=_assigning(proposal, assigning, options) if assigns else None,
        moments=words.moments(events_of(PROPOSAL.name, proposal.id), _("Hệ thống")),
        today=today_,
        calendar=calendar_of(proposal.authority_id),
    )


def _recorded(proposal: Proposal, sight: Any, attempt: Attempt | None) -> dict[str, Any]:  # noqa: ANN401 -- a Sight
    """Return for whom what may be recorded here: read when it is asked for, because it takes some looking."""
    asked = "recording" in request.args or (attempt is not None and RECORDED in attempt.event)
    return {"recording": asked, "recordable": recordable(proposal, current_user.actor, sight) if asked else []}


def _options(proposal: Proposal, meetings: Sequence[Meeting], rows: Sequence[Transition]) -> dict[str, Any]:
    """Return what the pickers of the offered moves choose from, read only where one needs it."""
    kinds = {need.kind for row in rows for need in row.needs}
    offered: dict[str, Any] = {}
    if "unit" in kinds:
        offered["unit"] = unit_choices(proposal.authority_id)
    if "meeting" in kinds:
        offered["meeting"] = [(one.id, _meeting_words(one), "") for one in meetings if one.state in {PLANNED, CONVENED}]
    return offered


def _presets(rows: Sequence[Transition], options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what forms begin with: where one meeting alone can be chosen, it is."""
    meetings = options.get("meeting", ())
    if len(meetings) != 1:
        return {}
    only = meetings[0][0]
    return {row.event: {need.name: only for need in row.needs if need.kind == "meeting"} for row in rows}


def _meeting_words(meeting: Meeting) -> str:
    return f"{day(local(meeting.starts_at).date())} – {meeting.title}"


def _notice_to_fill(proposal: Proposal, clauses: Sequence[Any], roles: frozenset[Role]) -> Any:  # noqa: ANN401 -- a notice
    """Return the draft notice into which the secretary may put the ruling, None where there is nothing to put."""
    if proposal.state not in RULED or clauses or Role.SECRETARY not in roles:
        return None
    return found.draft_notice_for(proposal.id)


def _assigning(
    proposal: Proposal, failed: AssignFromProposalForm | None, options: dict[str, Any]
) -> AssignFromProposalForm:
    form = failed or AssignFromProposalForm(formdata=None, lead_unit_id=proposal.unit_id)
    form.offer(options.get("unit") or unit_choices(proposal.authority_id))
    return form
