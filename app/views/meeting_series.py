"""Series of meetings: kept by the secretary, who plans the next meeting with one click."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import day_of
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, NotFoundError
from app.forms.meeting_series import SaveSeriesForm
from app.forms.moves import sentence
from app.models import MeetingSeries
from app.queries.choices import person_choices
from app.queries.meeting_series import series_of
from app.services import meeting_series as service
from app.services.agenda_proposals import bring_proposals
from app.ui.formats import day as day_words
from app.views.guard import by_loader, signed_in
from app.views.meetings import meetings, own_committees

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import Committee


@meetings.get("/series")
@signed_in
def list_series() -> ResponseReturnValue:
    """Show the series of the committees whose secretary this is, each with its next day."""
    if not current_user.standing.secretary_of:
        raise NotFoundError
    rows = [
        (series, service.rhythm_of(series).words, service.next_day_of(series))
        for series in series_of(current_user.standing.secretary_of)
    ]
    return render_template("meetings/series_list.html", rows=rows)


@meetings.route("/series/new", methods=["GET", "POST"])
@signed_in
def new_series() -> ResponseReturnValue:
    """Begin a series."""
    committees = own_committees()
    if not committees:
        raise NotFoundError
    return _edit(None, committees)


@meetings.route("/series/<int:series_id>", methods=["GET", "POST"])
@by_loader
def edit_series(series_id: int) -> ResponseReturnValue:
    """Change a series; meetings planned before stay as they are."""
    series, committee = _load(series_id)
    return _edit(series, {committee.id: committee})


def _load(series_id: int) -> tuple[MeetingSeries, Committee]:
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFoundError
    return series, access.load_committee(series.committee_id, current_user.standing, as_secretary=True)


def _edit(series: MeetingSeries | None, committees: dict[int, Committee]) -> ResponseReturnValue:
    form = SaveSeriesForm(obj=series)
    form.name_choices()
    form.committee_id.choices = [(one.id, one.name) for one in committees.values()]
    people = person_choices(current_user.standing.authority_id)
    form.presider_id.choices = [("", _("— chọn người chủ trì —")), *((p.id, p.name) for p in people)]
    if series is not None and not form.is_submitted():
        form.show(series)
    if form.validate_on_submit():
        committee_id = series.committee_id if series else form.committee_id.data
        committee = access.load_committee(committee_id, current_user.standing, as_secretary=True)
        with transaction():
            service.save_series(committee, form.fields(), series)
        flash(_("Đã lưu chuỗi họp định kỳ."), "success")
        return redirect(url_for("meetings.list_series"), 303)
    return render_template("meetings/series_form.html", form=form, series=series), 422 if form.is_submitted() else 200


@meetings.post("/series/<int:series_id>/next")
@by_loader
def plan_next(series_id: int) -> ResponseReturnValue:
    """Plan the next meeting of a series."""
    series, committee = _load(series_id)
    try:
        with transaction():
            meeting, new = service.plan_next(series, committee, current_user.person, _seen_day())
            bring_proposals(meeting, current_user.actor)
    except ChangedMeanwhileError as error:
        flash(sentence(error.sentence), "error")
        return redirect(url_for("meetings.list_series"), 303)
    day = day_words(day_of(meeting.starts_at))
    if new:
        flash(_("Đã lập phiên họp ngày %(day)s với chương trình mẫu.", day=day), "success")
    else:
        flash(_("Phiên họp ngày %(day)s đã được lập trước đó.", day=day), "info")
    return redirect(url_for("meetings.show", meeting_id=meeting.id), 303)


def _seen_day() -> date | None:
    """Return the day that stood beside the button; None where it sends none."""
    try:
        return date.fromisoformat(request.form.get("on", ""))
    except ValueError:
        return None
