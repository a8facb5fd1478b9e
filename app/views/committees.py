"""A committee for its own people: who sits in it, and what the chair delegates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app import access
from app.clock import today
from app.db import session
from app.errors import ForbiddenError, NotFoundError
from app.forms.setup_committees import GrantDelegationForm, RevokeDelegationForm
from app.models import Committee, Delegation, Person
from app.queries.choices import Choice, unit_choices
from app.queries.kinds import SEATS
from app.queries.organisation import delegations_of, load_own, portfolios_of, seats_of
from app.services import delegations as service
from app.text import fold
from app.views.guard import by_loader, signed_in
from app.views.setup.area import attempt, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import Membership

committees = Blueprint("committees", __name__, url_prefix="/committees")


@committees.get("/")
@signed_in
def list_own() -> ResponseReturnValue:
    """Show the committees the person is part of; straight to the one, when it is one."""
    standing = current_user.standing
    query = select(Committee).where(Committee.id.in_(standing.committees)).order_by(Committee.name)
    rows = session.scalars(query).all()
    if len(rows) == 1:
        return redirect(url_for("committees.show", committee_id=rows[0].id))
    return render_template("setup/own_committees.html", rows=rows)


@committees.get("/<int:committee_id>")
@by_loader
def show(committee_id: int) -> ResponseReturnValue:
    """Show a committee to its people."""
    committee = access.load_committee(committee_id, current_user.standing)
    day = today()
    names = {unit.id: unit.name for unit in unit_choices(committee.authority_id)}
    return render_template(
        "setup/committee_record.html",
        committee=committee,
        seats=_running(committee),
        names=SEATS,
        portfolios=portfolios_of(committee.id, day),
        delegations=[(row, lender, to, _state(row)) for row, lender, to in delegations_of(committee.id)],
        unit_names=names,
        moves=service.lendable_moves(),
        may_grant=_may_grant(committee.id),
        may_set_up=committee.id in current_user.standing.secretary_of or current_user.standing.is_admin,
        revoke=RevokeDelegationForm(formdata=None),
    )


def _running(committee: Committee) -> list[Membership]:
    day = today()
    return [s for s in seats_of(committee.id) if s.from_on <= day and (s.to_on is None or s.to_on >= day)]


def _state(row: Delegation) -> str:
    """Return whether a delegation is in force today: running, coming, over or revoked."""
    day = today()
    if row.revoked_on is not None:
        return "revoked"
    if row.from_on > day:
        return "coming"
    return "running" if row.to_on is None or row.to_on >= day else "over"


def _may_grant(committee_id: int) -> bool:
    standing = current_user.standing
    return committee_id in standing.chair_of or committee_id in standing.secretary_of


def _load_to_grant(committee_id: int) -> Committee:
    committee = access.load_committee(committee_id, current_user.standing)
    if not _may_grant(committee_id):
        raise ForbiddenError(
            "Chỉ Trưởng ban ủy quyền; thư ký ghi lại văn bản Trưởng ban đã ký. Hãy liên hệ thư ký của ban.",
            "Only the chair delegates; the secretary records the signed paper. Ask the committee's secretary.",
        )
    return committee


@committees.route("/<int:committee_id>/delegations/new", methods=["GET", "POST"])
@by_loader
def grant_delegation(committee_id: int) -> ResponseReturnValue:
    """Let the chair delegate, or the secretary record the paper that does."""
    committee = _load_to_grant(committee_id)
    seats = _running(committee)
    chairs = [seat.person for seat in seats if seat.office == "chair"]
    is_chair = committee_id in current_user.standing.chair_of
    form = GrantDelegationForm(from_on=today())
    lenders = _choices([current_user.person] if is_chair else chairs)
    form.chair_id.offer(lenders)
    form.to_person_id.offer(_choices([seat.person for seat in seats if seat.office in {"deputy", "member"}]))
    form.unit_ids.offer(unit_choices(committee.authority_id))
    if not form.is_submitted() and lenders:
        form.chair_id.data = lenders[0].id

    def grant() -> Delegation:
        mandate = service.Mandate(
            chair=load_own(Person, form.chair_id.data or 0, committee.authority_id),
            to=load_own(Person, form.to_person_id.data or 0, committee.authority_id),
            since=form.from_on.data or today(),
            until=form.to_on.data,
            basis=form.basis.data or "",
            moves=form.moves.data or [],
            unit_ids=form.unit_ids.data or [],
        )
        return service.grant_delegation(committee, mandate, current_user.actor)

    if attempt(form, grant) is not None:
        flash(_("Đã ghi ủy quyền; người được ủy quyền được báo ngay."), "success")
        return redirect(url_for("committees.show", committee_id=committee.id), 303)
    page = render_template("setup/delegation.html", form=form, committee=committee, is_chair=is_chair)
    return page, status_of(form)


def _choices(people: list[Person]) -> list[Choice]:
    unique = {person.id: person for person in people}
    return [Choice(person.id, person.full_name, fold(person.full_name)) for person in unique.values()]


@committees.post("/<int:committee_id>/delegations/<int:delegation_id>/revoke")
@by_loader
def revoke_delegation(committee_id: int, delegation_id: int) -> ResponseReturnValue:
    """End a delegation today."""
    committee = _load_to_grant(committee_id)
    row = load_own(Delegation, delegation_id, committee.authority_id)
    if row.committee_id != committee.id:
        raise NotFoundError
    form = RevokeDelegationForm()

    def revoke() -> bool:
        service.revoke_delegation(row, committee, current_user.actor, form.reason.data or "")
        return True

    if attempt(form, revoke) is None:
        for error in [*form.reason.errors, *form.form_errors]:
            flash(str(error), "error")
    else:
        flash(_("Đã thu hồi ủy quyền từ hôm nay."), "success")
    return redirect(url_for("committees.show", committee_id=committee.id), 303)
