"""Proposals (tờ trình): the register, writing one, its page, and what comes of a ruling.

Over 300 lines: one area, from the register to the tasks that come of an approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import access, db
from app.clock import day_of, local, today
from app.db import session, transaction
from app.documents.proposal_register import proposal_register
from app.errors import ChangedMeanwhileError, DomainError, ForbiddenError, NotFoundError
from app.forms.moves import kept_ids, sentence
from app.forms.proposals import AssignFromProposalForm, WriteProposalForm
from app.forms.tasks import read_page
from app.models import Committee, Proposal, Unit
from app.queries import proposals as found
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import unit_choices, unit_filter
from app.queries.notices import events_of
from app.queries.task_page import files_of
from app.reading.errors import ClassifiedTextError
from app.services import proposals as service
from app.services.files import own_unattached, store_file
from app.services.moves import look_at, offers_for, refusals_for
from app.ui import proposal_words as words
from app.ui.formats import day
from app.ui.task_history import open_file
from app.ui.task_words import mark_of
from app.views.guard import by_loader, signed_in
from app.views.moves import RECORDED, Attempt, page_for
from app.views.recording import recordable
from workflows.meeting import CONVENED, PLANNED
from workflows.proposal import APPROVED, EDITABLE, ON_AGENDA, PROPOSAL, RULED, SUPPLEMENT_REQUESTED
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Meeting, StoredFile
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


@proposals.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Write a proposal for one of the person's units."""
    if not found.proposing_units(current_user.standing):
        raise ForbiddenError(
            "Chỉ người công tác tại một đơn vị được lập tờ trình. Hãy liên hệ quản trị nếu thiếu chức vụ của bạn.",
            "Only somebody in office in a unit writes proposals. Ask the administrator if your office is missing.",
        )
    return _write(None)


@proposals.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@by_loader
def edit(proposal_id: int) -> ResponseReturnValue:
    """Change a proposal that lies with its unit."""
    proposal = access.load_as_proposer(proposal_id, current_user.standing)
    if request.method == "GET" and proposal.state not in EDITABLE:
        flash(_("Tờ trình đã trình nên không sửa được. Nếu cần sửa, hãy nhắn thư ký yêu cầu bổ sung."), "warning")
        return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)
    return _write(proposal)


@dataclass
class Writing:
    """What is being written: the form, what may be chosen, and the files that came with it."""

    form: WriteProposalForm
    committees: dict[int, Committee]
    units: dict[int, Unit]
    files: Sequence[StoredFile] = ()


def _write(proposal: Proposal | None) -> ResponseReturnValue:
    writing = _writing(proposal)
    form, status, forget = writing.form, 200, False
    if form.is_submitted() and "more" in request.form:
        status = _keep_for_later(writing)
    elif form.validate_on_submit() and _chosen_well(writing):
        proposal_id = proposal.id if proposal else None
        try:
            writing.files = _keep_files()
            with transaction():
                kept = _save(proposal, writing)
            flash(_("Đã lưu tờ trình. Thủ trưởng đơn vị bấm «Trình» khi nội dung đã đủ."), "success")
            return redirect(url_for("proposals.show", proposal_id=kept.id), 303)
        except DomainError as error:
            status, forget = error.status, isinstance(error, ClassifiedTextError)
            session.rollback()
            proposal = access.load_as_proposer(proposal_id, current_user.standing) if proposal_id else None
            _say(form, error, proposal)
    elif form.is_submitted():
        _keep_for_later(writing)
        status = 422
    return _form_page(proposal, writing, forget=forget), status


def _keep_for_later(writing: Writing) -> int:
    """Keep the files that came with a form that is not saved yet; return the status of the page."""
    try:
        writing.files = _keep_files()
    except DomainError as error:
        session.rollback()
        writing.form.papers.errors = [sentence(error.sentence)]
        return error.status
    return 200


def _writing(proposal: Proposal | None) -> Writing:
    standing = current_user.standing
    form = WriteProposalForm(obj=proposal)
    writing = Writing(
        form,
        {one.id: one for one in found.committees_to_ask(standing.authority_id)},
        {one.id: one for one in found.proposing_units(standing)},
    )
    if proposal is not None:
        writing.units = {proposal.unit_id: proposal.unit}
        if proposal.submitted_at is not None:
            writing.committees = {proposal.committee_id: proposal.committee}
        if not form.is_submitted():
            form.show(proposal)
    form.offer(writing.committees.values(), writing.units.values())
    return writing


def _chosen_well(writing: Writing) -> bool:
    """Refuse a committee or unit that was not offered: a form never sends one, a forged one might."""
    form = writing.form
    if form.committee_id.data not in writing.committees:
        form.committee_id.errors = [_("Hãy chọn ban từ danh sách.")]
        return False
    if form.unit_id.data not in writing.units:
        form.unit_id.errors = [_("Hãy chọn đơn vị từ danh sách.")]
        return False
    return True


def _keep_files() -> Sequence[StoredFile]:
    """Store the files that came along before anything is judged, so that an error does not cost them."""
    uploads: Sequence[Any] = [file for file in request.files.getlist("papers") if file.filename]
    kept = kept_ids(request.form.getlist("papers-kept"))
    if not (uploads or kept):
        return ()
    person = current_user.person
    with transaction():
        files = [
            *own_unattached(kept, person),
            *(store_file(file.stream, file.filename, person) for file in uploads),
        ]
    db.mark_writing()
    return files


def _save(proposal: Proposal | None, writing: Writing) -> Proposal:
    form, person = writing.form, current_user.person
    committee, unit = writing.committees[form.committee_id.data], writing.units[form.unit_id.data]
    if proposal is None:
        kept = service.write_proposal(committee, unit, form.draft(), person)
    else:
        kept = access.load_as_proposer(proposal.id, current_user.standing)
        service.change_proposal(kept, committee, form.draft(), version=form.version.data)
        service.remove_papers(kept, kept_ids(request.form.getlist("paper-removed")))
    service.add_papers(kept, [file.id for file in writing.files], person)
    return kept


def _say(form: WriteProposalForm, error: DomainError, proposal: Proposal | None) -> None:
    """Put what is wrong where it belongs; a second try after a clash knows what it writes over."""
    if isinstance(error, ChangedMeanwhileError) and proposal is not None:
        form.version.data, form.version.raw_data = proposal.version, None
        form.form_errors.append(
            _(
                "Tờ trình vừa được người khác sửa. Nội dung bạn nhập vẫn còn dưới đây: hãy mở tờ trình ở thẻ khác để "
                "đối chiếu, rồi bấm Lưu nếu muốn dùng bản của bạn."
            )
        )
    elif error.field == "files":
        form.papers.errors = [sentence(error.sentence)]
    else:
        form.form_errors.append(sentence(error.sentence))


def _form_page(proposal: Proposal | None, writing: Writing, *, forget: bool) -> str:
    removed = set(request.form.getlist("paper-removed"))
    papers = files_of(PROPOSAL.name, proposal.id, service.PAPER) if proposal else []
    return render_template(
        "proposals/form.html",
        form=writing.form,
        proposal=proposal,
        several=len(writing.units) > 1,
        forget=forget,
        kept=[(file.id, file.name) for file in writing.files],
        papers=[(line.attachment.id, open_file(line), str(line.attachment.id) in removed) for line in papers],
        today=today(),
        calendar=calendar_of(current_user.standing.authority_id),
    )


@proposals.get("/<int:proposal_id>")
@by_loader
def show(proposal_id: int) -> ResponseReturnValue:
    """Show one proposal."""
    return draw_proposal(access.load(Proposal, proposal_id, current_user.standing), None)


@page_for("proposal", home=lambda proposal: url_for("proposals.show", proposal_id=proposal.id))
def draw_proposal(proposal: Proposal, attempt: Attempt | None, assigning: AssignFromProposalForm | None = None) -> str:
    """Draw a proposal's page; with a failed attempt its form stands open with what was typed.

    Over 40 lines: what one page is drawn from, side by side.
    """
    actor, today_ = current_user.actor, today()
    sight = look_at(proposal, actor.standing)
    roles = access.roles_of(actor.standing, proposal, None, sight.panel)
    rows = sorted(offers_for(proposal, actor, sight), key=lambda row: (not row.duty & roles, row.tone not in FORWARD))
    places, tasks = found.places_of(proposal.id), found.tasks_of(proposal.id)
    place = places[0] if places and proposal.state == ON_AGENDA else None
    recorded = _recorded(proposal, sight, attempt)
    clock = clock_of(proposal.committee)
    assigns = proposal.state == APPROVED and bool(roles & {Role.CHAIR, Role.SECRETARY})
    clauses = found.clauses_of(proposal.id)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        state=PROPOSAL.by_name[proposal.state],
        rows=rows,
        duties=[row.event for row in rows if row.duty & roles][:1],
        facts=sight.facts,
        refusals=refusals_for(proposal, actor, sight),
        options=_options(proposal, [*rows, *(row for one in recorded["recordable"] for row in one.rows)]),
        **recorded,
        records=Role.SECRETARY in roles,
        attempt=attempt,
        waiting=words.waiting_for(proposal, place.meeting if place else None),
        money=words.money,
        editable=proposal.state in EDITABLE and proposal.unit_id in actor.standing.units,
        asked=proposal.state == SUPPLEMENT_REQUESTED,
        ruled=proposal.state in RULED,
        approved=proposal.state == APPROVED,
        places=[(one, access.may_see(actor.standing, one.meeting)) for one in places],
        papers=[open_file(line) for line in files_of(PROPOSAL.name, proposal.id, service.PAPER)],
        answers=[open_file(line) for line in files_of(PROPOSAL.name, proposal.id, service.ANSWER)],
        submissions=words.submissions_of(proposal.submissions),
        tasks=[(task, mark_of(task, today_, clock), access.may_see(actor.standing, task)) for task in tasks],
        clauses=[(clause, access.may_see(actor.standing, clause.notice)) for clause in clauses],
        notice=_notice_to_fill(proposal, clauses, roles),
        assigning=_assigning(proposal, assigning) if assigns else None,
        moments=words.moments(events_of(PROPOSAL.name, proposal.id), _("Hệ thống")),
        today=today_,
        calendar=calendar_of(proposal.authority_id),
    )


def _recorded(proposal: Proposal, sight: Any, attempt: Attempt | None) -> dict[str, Any]:  # noqa: ANN401 -- a Sight
    """Return for whom what may be recorded here: read when it is asked for, because it takes some looking."""
    asked = "recording" in request.args or (attempt is not None and RECORDED in attempt.event)
    return {"recording": asked, "recordable": recordable(proposal, current_user.actor, sight) if asked else []}


def _options(proposal: Proposal, rows: Sequence[Transition]) -> dict[str, Any]:
    """Return what the pickers of the offered moves choose from, read only where one needs it."""
    kinds = {need.kind for row in rows for need in row.needs}
    offered: dict[str, Any] = {}
    if "unit" in kinds:
        offered["unit"] = unit_choices(proposal.authority_id)
    if "meeting" in kinds:
        meetings = [one for one in found.meetings_for(proposal) if one.state in {PLANNED, CONVENED}]
        offered["meeting"] = [(one.id, _meeting_words(one), "") for one in meetings]
    return offered


def _meeting_words(meeting: Meeting) -> str:
    return f"{day(local(meeting.starts_at).date())} – {meeting.title}"


def _notice_to_fill(proposal: Proposal, clauses: Sequence[Any], roles: frozenset[Role]) -> Any:  # noqa: ANN401 -- a notice
    """Return the draft notice into which the secretary may put the ruling, None where there is nothing to put."""
    if proposal.state not in RULED or clauses or Role.SECRETARY not in roles:
        return None
    return found.draft_notice_for(proposal.id)


def _assigning(proposal: Proposal, failed: AssignFromProposalForm | None) -> AssignFromProposalForm:
    form = failed or AssignFromProposalForm(formdata=None, lead_unit_id=proposal.unit_id)
    form.offer(unit_choices(proposal.authority_id))
    return form


@proposals.post("/<int:proposal_id>/tasks")
@by_loader
def assign(proposal_id: int) -> ResponseReturnValue:
    """Assign a task that comes of the approval."""
    proposal = access.load(Proposal, proposal_id, current_user.standing)
    form, status = AssignFromProposalForm(), 422
    form.offer(unit_choices(proposal.authority_id))
    if not access.roles_of(current_user.standing, proposal) & {Role.CHAIR, Role.SECRETARY}:
        raise ForbiddenError(
            "Chỉ Trưởng ban và thư ký giao nhiệm vụ từ tờ trình.", "Only chair and secretary assign from a proposal."
        )
    if form.validate_on_submit() and _assignable(form):
        try:
            with transaction():
                task = service.assign_from_proposal(proposal, form.order(), current_user.actor)
        except DomainError as error:
            status = error.status
            form.form_errors.append(sentence(error.sentence))
            session.rollback()
            proposal = access.load(Proposal, proposal_id, current_user.standing)
        else:
            flash(_("Đã giao nhiệm vụ %(code)s; đơn vị chủ trì được báo.", code=task.code), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id) + "#tasks", 303)
    return draw_proposal(proposal, None, form), status


def _assignable(form: AssignFromProposalForm) -> bool:
    if form.lead_unit_id.data not in {unit.id for unit in unit_choices(current_user.standing.authority_id)}:
        form.lead_unit_id.errors = [_("Hãy chọn đơn vị từ danh sách.")]
        return False
    if form.due_on.data < today():
        form.due_on.errors = [_("Thời hạn đã qua. Hãy chọn từ hôm nay trở đi.")]
        return False
    return True


@proposals.post("/<int:proposal_id>/clauses")
@by_loader
def fill_notice(proposal_id: int) -> ResponseReturnValue:
    """Put the ruling and its conditions into the draft notice of the meeting that had the proposal before it."""
    proposal = access.load_as_secretary(Proposal, proposal_id, current_user.standing)
    notice = found.draft_notice_for(proposal.id)
    if notice is None:
        raise NotFoundError
    with transaction():
        made = service.say_in_notice(proposal, notice)
    flash(
        ngettext(
            "Đã thêm %(num)d mục vào dự thảo thông báo. Hãy rà soát từng mục.",
            "Đã thêm %(num)d mục vào dự thảo thông báo. Hãy rà soát từng mục.",
            len(made),
        ),
        "success",
    )
    return redirect(url_for("notices.show", notice_id=notice.id, clause=made[0].id, _anchor=made[0].address), 303)
