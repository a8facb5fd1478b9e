"""Committees: themselves, their seats and the deputies' portfolios."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.forms.setup import EndForm
from app.forms.setup_committees import AddMemberForm, EditCommitteeForm, SetPortfolioForm
from app.models import Committee, Membership, Person
from app.queries.choices import person_choices, unit_choices
from app.queries.kinds import COMMITTEE_KINDS, PROFILES, SEATS
from app.queries.organisation import committees, load_own, portfolios_of, seats_of
from app.services import committees as service
from app.views.guard import admin
from app.views.setup.area import attempt, authority, ended_words, free_from, setup, status_of
from workflows.quorum import QUORUMS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@setup.get("/committees")
@admin
def list_committees() -> ResponseReturnValue:
    """Show the committees."""
    rows = [(each, _on_duty(each)) for each in committees(current_user.person.authority_id)]
    return render_template("setup/committees.html", rows=rows, kinds=COMMITTEE_KINDS, seats=SEATS)


def _on_duty(committee: Committee) -> list[Membership]:
    day = today()
    return [s for s in seats_of(committee.id) if s.from_on <= day and (s.to_on is None or s.to_on >= day)]


@setup.route("/committees/new", methods=["GET", "POST"])
@admin
def add_committee() -> ResponseReturnValue:
    """Add a committee."""
    return _edit(None)


@setup.route("/committees/<int:committee_id>/edit", methods=["GET", "POST"])
@admin
def edit_committee(committee_id: int) -> ResponseReturnValue:
    """Edit a committee."""
    return _edit(load_own(Committee, committee_id, current_user.person.authority_id))


def _edit(committee: Committee | None) -> ResponseReturnValue:
    authority_id = current_user.person.authority_id
    form = EditCommitteeForm(obj=committee, data={"due_soon_days": 3} if committee is None else None)
    if committee is None and not form.is_submitted():
        form.superior_body.data = authority().name
    form.standing_unit_id.offer(unit_choices(authority_id))
    form.stand_in_id.offer(person_choices(authority_id))
    saved = attempt(form, lambda: service.save_committee(authority_id, _fields(form), current_user.person, committee))
    if saved is not None:
        flash(_("Đã lưu «%(name)s».", name=saved.name), "success")
        return redirect(url_for("setup.show_committee", committee_id=saved.id), 303)
    return render_template("setup/committee_edit.html", form=form, committee=committee), status_of(form)


def _fields(form: EditCommitteeForm) -> service.CommitteeFields:
    return service.CommitteeFields(
        name=form.name.data or "",
        short_name=form.short_name.data or form.name.data or "",
        symbol=(form.symbol.data or "").replace(" ", ""),
        kind=form.kind.data or "steering",
        profile=form.profile.data or "state",
        issuing_body=form.issuing_body.data or "",
        superior_body=form.superior_body.data or "",
        standing_unit_id=form.standing_unit_id.data,
        rhythm=form.rhythm.data or "",
        due_soon_days=form.due_soon_days.data or 3,
        lateness=form.lateness.data or "working",
        quorum=form.quorum.data or "",
        secretary_may_confirm=form.secretary_may_confirm.data,
        stand_in_id=form.stand_in_id.data,
        active=form.active.data,
    )


@setup.get("/committees/<int:committee_id>")
@admin
def show_committee(committee_id: int) -> ResponseReturnValue:
    """Show a committee with its seats and portfolios; «adding» keeps the form open for the next member."""
    return _page(load_own(Committee, committee_id, current_user.person.authority_id), adding="adding" in request.args)


def _page(committee: Committee, form: AddMemberForm | None = None, *, adding: bool = False) -> str:
    return render_template(
        "setup/committee.html",
        committee=committee,
        form=form or _member_form(committee),
        adding=adding,
        seats=seats_of(committee.id),
        names=SEATS,
        kinds=COMMITTEE_KINDS,
        profiles=PROFILES,
        quorums=QUORUMS,
        portfolios=portfolios_of(committee.id, today()),
        stand_in=load_own(Person, committee.stand_in_id, committee.authority_id) if committee.stand_in_id else None,
        today=today(),
    )


def _member_form(committee: Committee) -> AddMemberForm:
    form = AddMemberForm(formdata=None, from_on=_since(committee), office="member")
    form.person_id.offer(person_choices(current_user.person.authority_id))
    return form


def _since(committee: Committee) -> date:
    """Return the day from which the member before has the seat: one decision names them all.

    Else the day after the seat that is about to end, for who comes after; else today.
    """
    try:
        return date.fromisoformat(request.args.get("since", ""))
    except ValueError:
        return free_from(seat.to_on for seat in seats_of(committee.id))


@setup.post("/committees/<int:committee_id>/members")
@admin
def add_member(committee_id: int) -> ResponseReturnValue:
    """Give a person a seat."""
    authority_id = current_user.person.authority_id
    committee = load_own(Committee, committee_id, authority_id)
    form = AddMemberForm()
    form.person_id.offer(person_choices(authority_id))

    def add() -> Membership:
        return service.add_member(
            committee,
            load_own(Person, form.person_id.data or 0, authority_id),
            office=form.office.data or "member",
            title=form.title.data or "",
            rank=form.rank.data or 0,
            since=form.from_on.data or today(),
            until=form.to_on.data,
            by=current_user.person,
        )

    if attempt(form, add) is None:
        return _page(committee, form), 422
    name = load_own(Person, form.person_id.data or 0, authority_id).full_name
    flash(_("Đã thêm %(name)s vào ban. Hãy chọn người tiếp theo, hoặc rời trang khi đã đủ.", name=name), "success")
    since = (form.from_on.data or today()).isoformat()
    return redirect(url_for("setup.show_committee", committee_id=committee.id, adding=1, since=since), 303)


@setup.post("/seats/<int:seat_id>/end")
@admin
def end_seat(seat_id: int) -> ResponseReturnValue:
    """Let a seat end."""
    seat = load_own(Membership, seat_id, current_user.person.authority_id)
    form = EndForm(prefix=f"seat-{seat_id}")

    def end() -> bool:
        service.end_seat(seat, form.last_day(seat.from_on), current_user.person)
        return True

    if attempt(form, end) is None:
        for error in [*form.on.errors, *form.form_errors]:
            flash(str(error), "error")
    else:
        flash(ended_words(seat.to_on or today()), "success")
    return redirect(url_for("setup.show_committee", committee_id=seat.committee_id), 303)


@setup.route("/committees/<int:committee_id>/portfolios/<int:person_id>", methods=["GET", "POST"])
@admin
def set_portfolio(committee_id: int, person_id: int) -> ResponseReturnValue:
    """Say for which units a deputy rules."""
    authority_id = current_user.person.authority_id
    committee = load_own(Committee, committee_id, authority_id)
    deputy = load_own(Person, person_id, authority_id)
    form = SetPortfolioForm()
    if not form.is_submitted():
        form.unit_ids.data = [unit.id for unit in portfolios_of(committee.id, today()).get(person_id, [])]
    form.unit_ids.offer(unit_choices(authority_id))
    if form.validate_on_submit():
        with transaction():
            service.set_portfolio(committee, deputy, form.unit_ids.data or [], current_user.person)
        flash(_("Đã lưu phân công của %(name)s.", name=deputy.full_name), "success")
        return redirect(url_for("setup.show_committee", committee_id=committee.id), 303)
    page = render_template("setup/portfolio.html", form=form, committee=committee, deputy=deputy)
    return page, status_of(form)
