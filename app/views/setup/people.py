"""People: the list, writing one, offices, invitations, leaving and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import transaction
from app.forms.setup import EditPersonForm, EndForm, GiveOfficeForm
from app.models import Office, Person, Unit
from app.queries.choices import unit_choices
from app.queries.kinds import OFFICES, SEATS
from app.queries.organisation import all_offices, all_seats, load_own, people_with_offices
from app.services import invitations
from app.services import people as service
from app.views.guard import admin
from app.views.setup.area import attempt, ended_words, free_from, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN = ("active", "uninvited", "left")


@setup.get("/people")
@admin
def list_people() -> ResponseReturnValue:
    """Show people in the order of names, narrowed by words or to those without a password."""
    show = request.args.get("show", "active")
    show, q = show if show in SHOWN else "active", request.args.get("q", "")[:100]
    rows = people_with_offices(current_user.person.authority_id, today(), q=q, show=show)
    return render_template("setup/people.html", rows=rows, q=q, show=show, offices=OFFICES, seats=SEATS)


@setup.route("/people/new", methods=["GET", "POST"])
@admin
def add_person() -> ResponseReturnValue:
    """Add a person."""
    form = EditPersonForm()
    saved = attempt(form, lambda: _save(form, None))
    if saved is not None:
        flash(_("Đã thêm %(name)s. Hãy ghi chức vụ rồi gửi lời mời.", name=saved.full_name), "success")
        return redirect(url_for("setup.edit_person", person_id=saved.id), 303)
    return render_template("setup/person_new.html", form=form), status_of(form)


def _save(form: EditPersonForm, person: Person | None) -> Person:
    fields = service.PersonFields(
        full_name=form.full_name.data or "",
        login=form.login.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        is_admin=form.is_admin.data,
    )
    return service.save_person(current_user.person.authority_id, fields, current_user.person, person)


@setup.route("/people/<int:person_id>", methods=["GET", "POST"])
@admin
def edit_person(person_id: int) -> ResponseReturnValue:
    """Show and edit a person with all offices."""
    person = load_own(Person, person_id, current_user.person.authority_id)
    form = EditPersonForm(obj=person)
    if attempt(form, lambda: _save(form, person)) is not None:
        flash(_("Đã lưu thông tin của %(name)s.", name=person.full_name), "success")
        return redirect(url_for("setup.edit_person", person_id=person.id), 303)
    return _page(person, form=form), status_of(form)


def _page(
    person: Person,
    *,
    form: EditPersonForm | None = None,
    office: GiveOfficeForm | None = None,
    end: EndForm | None = None,
) -> str:
    office = office or _office_form(person)
    return render_template(
        "setup/person.html",
        who=person,
        form=form or EditPersonForm(formdata=None, obj=person),
        office=office,
        end=end or EndForm(formdata=None, on=today()),
        offices=all_offices(person),
        seats=all_seats(person),
        kinds=OFFICES,
        seat_names=SEATS,
        today=today(),
        can_mail=invitations.can_mail(person),
    )


def _office_form(person: Person) -> GiveOfficeForm:
    """Return the form of one more office; it begins the day after one that is about to end, else today."""
    since = free_from(one.to_on for one in all_offices(person))
    form = GiveOfficeForm(formdata=None, from_on=since, kind="staff")
    form.unit_id.offer(unit_choices(current_user.person.authority_id))
    return form


@setup.post("/people/<int:person_id>/offices")
@admin
def give_office(person_id: int) -> ResponseReturnValue:
    """Give a person an office in a unit."""
    authority_id = current_user.person.authority_id
    person = load_own(Person, person_id, authority_id)
    form = GiveOfficeForm()
    form.unit_id.offer(unit_choices(authority_id))

    def give() -> Office:
        unit = load_own(Unit, form.unit_id.data or 0, authority_id)
        return service.give_office(
            person,
            unit,
            form.kind.data or "staff",
            since=form.from_on.data or today(),
            until=form.to_on.data,
            title=form.title.data or "",
            by=current_user.person,
        )

    if attempt(form, give) is None:
        return _page(person, office=form), 422
    flash(_("Đã ghi chức vụ."), "success")
    return redirect(url_for("setup.edit_person", person_id=person.id), 303)


@setup.post("/offices/<int:office_id>/end")
@admin
def end_office(office_id: int) -> ResponseReturnValue:
    """Let an office end."""
    office = load_own(Office, office_id, current_user.person.authority_id)
    form = EndForm(prefix=f"office-{office_id}")

    def end() -> bool:
        service.end_office(office, form.last_day(office.from_on), current_user.person)
        return True

    if attempt(form, end) is None:
        for error in [*form.on.errors, *form.form_errors]:
            flash(str(error), "error")
    else:
        flash(ended_words(office.to_on or today()), "success")
    return redirect(url_for("setup.edit_person", person_id=office.person_id), 303)


@setup.post("/people/<int:person_id>/invite")
@admin
def invite(person_id: int) -> ResponseReturnValue:
    """Send a person a link to choose a password, or show it once to be handed over."""
    person = load_own(Person, person_id, current_user.person.authority_id)
    with transaction():
        handed = invitations.send_link(person, current_user.person)
    return _handed([handed], url_for("setup.edit_person", person_id=person.id))


@setup.post("/people/invite")
@admin
def invite_all() -> ResponseReturnValue:
    """Send links to everybody who has no password yet."""
    rows = people_with_offices(current_user.person.authority_id, today(), show="uninvited")
    with transaction():
        handed = invitations.send_links([row.person for row in rows], current_user.person)
    return _handed(handed, url_for("setup.list_people"))


def _handed(handed: list[invitations.Handed], back: str) -> ResponseReturnValue:
    """Go on where mail takes the links; else show, once, those that must be handed over in person."""
    by_hand = [each for each in handed if each.url]
    mailed = len(handed) - len(by_hand)
    if mailed:
        flash(_("Thư mời sẽ được gửi đến %(count)s người trong vài phút.", count=mailed), "success")
    if by_hand:
        days = invitations.LIFETIMES[invitations.INVITE].days
        return render_template("setup/links.html", handed=by_hand, back=back, days=days)
    return redirect(back, 303)


@setup.post("/people/<int:person_id>/deactivate")
@admin
def deactivate(person_id: int) -> ResponseReturnValue:
    """Let a person leave."""
    person = load_own(Person, person_id, current_user.person.authority_id)
    with transaction():
        ended = service.deactivate_person(person, current_user.person)
    flash(
        _("Đã khóa tài khoản của %(name)s; %(count)s chức vụ kết thúc.", name=person.full_name, count=ended), "success"
    )
    return redirect(url_for("setup.list_people"), 303)


@setup.post("/people/<int:person_id>/reactivate")
@admin
def reactivate(person_id: int) -> ResponseReturnValue:
    """Let a person come back."""
    person = load_own(Person, person_id, current_user.person.authority_id)
    with transaction():
        service.reactivate_person(person, current_user.person)
    flash(_("Đã mở lại tài khoản của %(name)s. Hãy ghi chức vụ mới.", name=person.full_name), "success")
    return redirect(url_for("setup.edit_person", person_id=person.id), 303)
