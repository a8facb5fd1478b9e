"""Meetings: list, plan, page, invitees and attendance.

Over 300 lines: what a meeting's page is drawn from, and the forms that are drawn on it again, stand together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app import access
from app.clock import day_of, now, today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError
from app.forms.meetings import InviteForm, PlanMeetingForm, RecordMeetingForm, WriteAgendaItemForm
from app.forms.moves import sentence
from app.models import Attendance, Meeting, Person
from app.queries import attendance as expected
from app.queries import meetings as found
from app.queries.agenda import agenda_lines, offered_to
from app.queries.agenda_left_over import left_off
from app.queries.calendars import calendar_of, clock_of
from app.queries.choices import person_choices, person_named
from app.queries.meetings_before import meetings_before
from app.queries.notices import committees_as_secretary
from app.queries.paper_facts import invitation_facts, meeting_facts, papers_there, proposals_until
from app.queries.signing import chair_on
from app.services import meetings as service
from app.services.agenda import carry_over
from app.services.agenda_proposals import bring_proposals
from app.services.meeting_opening import refresh_beginning, usual_beginning
from app.services.moves import Sight, make_move, offers_for, refusals_for
from app.services.overtaken import last_change
from app.ui.formats import day_typed
from app.ui.left_over_words import CARRIED
from app.ui.meeting_answers import answers_for, counted
from app.ui.meeting_before import minutes_before_of
from app.ui.meeting_steps import steps_of
from app.ui.proposed_items import proposed_for
from app.ui.task_words import mark_of
from app.views.changed import by_oneself, look_again
from app.views.guard import by_loader, signed_in
from app.views.moves import Attempt, page_for
from app.views.recording import recordable
from workflows.agenda_proposal import PROPOSE
from workflows.meeting import AHEAD, CLOSED, IN_SESSION, MEETING, SITTING
from workflows.minutes import MINUTES
from workflows.roles import Role
from workflows.task import OPEN

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.models import Committee
    from app.queries.agenda import Offered

meetings = Blueprint("meetings", __name__, url_prefix="/meetings")

ATTENDANCE = (
    ("present", _l("Có mặt")), ("excused", _l("Vắng có lý do")),
    ("absent", _l("Vắng")), ("represented", _l("Cử người dự thay")),
)  # fmt: skip


@meetings.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as meetings.list
    """Show the meetings this person may see, what is ahead first."""
    committee = request.args.get("committee", "")
    rows = found.meetings_for(
        current_user.standing,
        committee_id=int(committee) if committee.isdecimal() and len(committee) < 10 else None,  # noqa: PLR2004 -- an id
    )
    moment = now()
    ahead = sorted((row for row in rows if row.meeting.starts_at >= moment), key=lambda row: row.meeting.starts_at)
    return render_template(
        "meetings/list.html",
        ahead=ahead,
        past=[row for row in rows if row.meeting.starts_at < moment],
        states=MEETING.by_name,
        may_plan=bool(current_user.standing.secretary_of),
    )


@meetings.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Plan a meeting, or enter one that took place."""
    committees = own_committees()
    if not committees:
        raise NotFoundError
    if request.values.get("historic") == "1":
        return _record(committees)
    form = PlanMeetingForm()
    _choices(form, committees)
    if form.validate_on_submit() and _lies_ahead(form):
        committee = access.load_committee(form.committee_id.data, current_user.standing, as_secretary=True)
        with transaction():
            meeting = service.plan_meeting(committee, form.plan(), current_user.person)
            carry_over(meeting)
            bring_proposals(meeting, current_user.actor)
        flash(_("Đã lập cuộc họp. Tiếp theo: chương trình và thành phần dự họp."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    return _form_page(form, None), 422 if form.is_submitted() else 200


def _record(committees: dict[int, Committee]) -> ResponseReturnValue:
    """Enter a meeting of the past: nobody is invited to it, nobody is told."""
    form = RecordMeetingForm()
    _choices(form, committees)
    if form.validate_on_submit():
        committee = access.load_committee(form.committee_id.data, current_user.standing, as_secretary=True)
        with transaction():
            plan = _plan_of(form, committee.authority_id)
            meeting = service.plan_meeting(committee, plan, current_user.person, historic=True)
            make_move(meeting, "record", {"held_on": form.day.data}, actor=current_user.actor)
        flash(_("Đã nhập cuộc họp. Tiếp theo: nhập thông báo kết luận đã ban hành của cuộc họp."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)
    return _form_page(form, None), 422 if form.is_submitted() else 200


def _form_page(form: PlanMeetingForm | RecordMeetingForm, meeting: Meeting | None) -> str:
    historic = isinstance(form, RecordMeetingForm)
    people = person_choices(current_user.standing.authority_id) if historic else []
    return render_template(
        "meetings/form.html",
        form=form,
        meeting=meeting,
        historic=historic,
        people=people,
        today=today(),
        days=calendar_of(current_user.standing.authority_id),
    )


def _lies_ahead(form: PlanMeetingForm) -> bool:
    """Refuse a day gone by for a plan."""
    if form.day.data < today():
        form.day.errors = [_("Ngày họp đã qua. Hãy chọn ngày khác, hoặc dùng «Nhập cuộc họp đã diễn ra».")]
        return False
    return True


def own_committees() -> dict[int, Committee]:
    """Return the committees whose secretary this is by their ids, in the order of every form."""
    return {committee.id: committee for committee in committees_as_secretary(current_user.standing)}


def _choices(form: PlanMeetingForm | RecordMeetingForm, committees: dict[int, Committee]) -> None:
    form.committee_id.choices = [(one.id, one.name) for one in committees.values()]
    if not form.is_submitted() and len(committees) > 1:
        last = found.committee_used_last(current_user.person.id)
        form.committee_id.data = last if last in committees else next(iter(committees))
    if isinstance(form, PlanMeetingForm):
        people = person_choices(current_user.standing.authority_id)
        one = next(iter(committees.values())) if len(committees) == 1 else None
        # Of several committees the chair is not known before one is chosen: then the empty choice means that chair.
        empty = _("— chọn người chủ trì —") if one else _("Người đứng đầu ban đã chọn")
        form.presider_id.choices = [("", empty), *((p.id, p.name) for p in people)]
        if one and not form.is_submitted() and not form.presider_id.data:
            form.presider_id.data = chair_on(one, today())


@meetings.get("/<int:meeting_id>")
@by_loader
def show(meeting_id: int) -> ResponseReturnValue:
    """Show one meeting: what is missing, agenda, attendance, papers."""
    # Read whole, so that the loader finds it with all its page needs.
    whole = found.read_meeting(meeting_id)
    meeting = access.load(Meeting, meeting_id, current_user.standing)
    return draw_meeting(meeting, None, papers=whole[1] if whole else None)


@page_for("meeting", home=lambda meeting: url_for("meetings.show", meeting_id=meeting.id))
def draw_meeting(
    meeting: Meeting, attempt: Attempt | None, forms: dict[str, Any] | None = None, papers: found.Papers | None = None
) -> str:
    """Draw a meeting's page; `forms` holds forms that failed, with what was typed; `papers`, where they were read.

    Over 40 lines: what one page is drawn from, side by side.
    """
    actor, day = current_user.actor, today()
    roles = access.roles_of(actor.standing, meeting)
    minutes, notices = papers or found.papers_of_meeting(meeting.id)
    facts = meeting_facts(meeting, papers_there(minutes, notices))
    sight = Sight(facts, access.panel_for(actor.standing, meeting))
    rows = offers_for(meeting, actor, sight)
    editable = Role.SECRETARY in roles and meeting.state not in CLOSED
    offered = offered_to(meeting) if editable else None
    proposed = proposed_for(meeting, actor)
    seen = access.seen_among(actor.standing, [task for item in meeting.agenda for task in item.tasks])
    has_status = any(item.kind == "status" for item in meeting.agenda) and actor.standing.committees
    before = meetings_before(meeting)
    last = before.in_committee.meeting if before.in_committee else None
    earlier = found.earlier_conclusions(meeting, last, actor.standing, day) if has_status else None
    clock = clock_of(meeting.committee)
    answers = answers_for(meeting, actor, roles)
    last_day = proposals_until(meeting)
    return render_template(
        "meetings/show.html",
        agenda=agenda_lines(meeting, proposed.papers),
        is_ahead=meeting.state in AHEAD,
        sees_task=lambda task: task.id in seen,
        carried_words=CARRIED,
        open_states=OPEN,
        left_over=left_off(meeting, before) if editable and meeting.state in AHEAD else [],
        open_tasks=offered.tasks if offered else [],
        answers=answers,
        answer_counts=counted(answers),
        answer_facts=invitation_facts(answers[0].row) if answers else None,
        answering=(forms or {}).get("answering"),
        answer_attempt=(forms or {}).get("answer"),
        expected=expected.expected,
        quorum=expected.quorum_of(meeting),
        meeting=meeting,
        state=MEETING.by_name[meeting.state],
        rows=rows,
        duties=[row.event for row in rows if row.duty & roles],
        facts=facts,
        presets={"record": {"held_on": day_typed(day_of(meeting.starts_at))}},
        refusals=refusals_for(meeting, actor, sight),
        recordable=recordable(meeting, actor, sight),
        steps=steps_of(meeting, facts, minutes, notices, clock, day, editable=editable),
        minutes=minutes,
        minutes_state=MINUTES.by_name[minutes.state] if minutes else None,
        notices=notices,
        earlier=earlier,
        before=minutes_before_of(meeting, before.to_confirm, actor),
        proposed=proposed.rows,
        proposals_until=last_day,
        proposing=_may_propose(meeting, last_day),
        mark=lambda task: mark_of(task, day, clock),
        editable=editable,
        sitting=meeting.state in SITTING and not meeting.historic,
        in_session=meeting.state == IN_SESSION,
        own_committees=actor.standing.committees,
        taking_attendance=day_of(meeting.starts_at) <= day or meeting.state not in AHEAD,
        changing=(forms or {}).get("changing"),
        item_form=(forms or {}).get("item") or WriteAgendaItemForm(formdata=None),
        invite_form=_invite_form((forms or {}).get("invite"), offered) if offered else None,
        attempt=attempt,
        today=day,
        calendar=calendar_of(meeting.authority_id),
        attendance=ATTENDANCE,
    )


def _may_propose(meeting: Meeting, last_day: date | None) -> bool:
    """Tell whether a unit's person is offered to propose an item; the secretary writes the agenda herself."""
    standing = current_user.standing
    speaks = standing.units or meeting.committee_id in standing.member_of | standing.deputy_of
    in_time = last_day is None or today() <= last_day
    secretary = meeting.committee_id in standing.secretary_of
    return bool(speaks) and in_time and not secretary and meeting.state in PROPOSE.sources


def _invite_form(failed: InviteForm | None, offered: Offered) -> InviteForm:
    form = failed or InviteForm(formdata=None)
    form.person_id.choices = [("", _("— chọn —")), *((p.id, p.name) for p in offered.people)]
    form.offer_units(offered.units, offered.groups)
    return form


@meetings.route("/<int:meeting_id>/edit", methods=["GET", "POST"])
@by_loader
def edit(meeting_id: int) -> ResponseReturnValue:
    """Change time, place or presider."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = (RecordMeetingForm if meeting.historic else PlanMeetingForm)(obj=meeting)
    _choices(form, {meeting.committee_id: meeting.committee})
    form.committee_id.data = meeting.committee_id
    status = 200
    if not form.is_submitted():
        form.show(meeting)
    elif form.validate():
        plan = _plan_of(form, meeting.authority_id)
        try:
            with transaction():
                before = usual_beginning(meeting)
                service.change_plan(meeting, plan, current_user.person, version=form.version.data)
                session.refresh(meeting)
                fits = refresh_beginning(meeting, before)
        except DomainError as error:
            meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
            form.form_errors.append(_why(error, meeting, form))
            status = error.status
        else:
            flash(_("Đã lưu thông tin cuộc họp."), "success")
            if not fits:
                said = _(
                    "Trích yếu hoặc phần mở đầu của dự thảo thông báo đã được sửa tay nên giữ nguyên. "
                    "Hãy mở dự thảo, xem lại ngày, nơi họp và người chủ trì."
                )
                flash(said, "warning")
            return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
    else:
        status = 422
    return _form_page(form, meeting), status


def _why(error: DomainError, meeting: Meeting, form: PlanMeetingForm | RecordMeetingForm) -> str:
    """Return why a meeting was not saved; after somebody was quicker the form can be sent again as it stands."""
    if not isinstance(error, ChangedMeanwhileError):
        return sentence(error.sentence)
    session.refresh(meeting)
    form.version.data, form.version.raw_data = meeting.version, None
    own = by_oneself(MEETING, last_change(MEETING, meeting.id))
    return look_again(own) if own else sentence(error.sentence)


def _plan_of(form: PlanMeetingForm | RecordMeetingForm, authority_id: int) -> service.Plan:
    if isinstance(form, PlanMeetingForm):
        return form.plan()
    return form.plan(person_named(authority_id, form.presided_by.data or ""))


@meetings.post("/<int:meeting_id>/invitees")
@by_loader
def invite(meeting_id: int) -> ResponseReturnValue:
    """Invite a person of the authority, the heads of units, or a guest."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = InviteForm()
    person = session.get(Person, form.person_id.data) if form.person_id.data else None
    if person is not None and person.authority_id != meeting.authority_id:
        raise NotFoundError
    name = person.full_name if person else form.name.data
    units, groups = form.chosen()
    if not form.validate_on_submit() or not (name or units or groups):
        form.name.errors = [*form.name.errors, _("Hãy chọn người trong cơ quan hoặc nhập tên khách mời.")]
        return draw_meeting(meeting, None, {"invite": form}), 422
    with transaction():
        if name:
            service.invite(meeting, name, form.title.data or "", person_id=person.id if person else None)
        units |= expected.units_of_groups(meeting.authority_id, groups)
        headless = service.invite_heads(meeting, units)
    if headless:
        flash(_("Chưa có thủ trưởng để mời: %(units)s.", units=", ".join(headless)), "warning")
    return back_to(meeting_id, "attendance")


@meetings.post("/<int:meeting_id>/attendance")
@by_loader
def record_attendance(meeting_id: int) -> ResponseReturnValue:
    """Record who came, or take one name off the list."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    removed = request.form.get("remove", "")
    marks = typed_attendance(meeting)
    try:
        with transaction():
            if removed.isdecimal():
                named = session.get(Attendance, int(removed[:9]))
                if named is not None and named.meeting_id == meeting.id:
                    service.uninvite(meeting, named)
            else:
                service.record_attendance(meeting, marks)
    except DomainError as error:
        fresh = access.load(Meeting, meeting_id, current_user.standing)
        with session.no_autoflush:
            page = draw_meeting(fresh, Attempt("attendance", dict(request.form), {}, sentence(error.sentence)))
        return page, error.status
    return back_to(meeting_id, "attendance")


def typed_attendance(meeting: Meeting) -> dict[int, tuple[str, str]]:
    """Return who came as it was typed, by row: the status, and by whom represented."""
    allowed = {status for status, _words in ATTENDANCE} | {"invited"}
    marks = {}
    for row in meeting.attendances:
        status = request.form.get(f"status-{row.id}", row.status)
        deputy = " ".join(request.form.get(f"represented-{row.id}", "").split())[:200]
        if "all" in request.form:
            status, said = (status, deputy) if status not in {"invited", row.status} else expected.expected(row)
            status, deputy = "present" if status == "invited" else status, deputy or said
        marks[row.id] = (status if status in allowed else row.status, deputy)
    return marks


def back_to(meeting_id: int, place: str) -> ResponseReturnValue:
    """Lead back to a part of the meeting's page."""
    return redirect(url_for("meetings.show", meeting_id=meeting_id) + f"#{place}", 303)
