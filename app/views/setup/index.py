"""The way from nothing to a working committee, each step done or missing; and the authority itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from flask_login import current_user

from app.clock import today
from app.forms.setup import EditAuthorityForm
from app.queries.checklist import CommitteeState, SetupState, setup_state
from app.queries.held_rulings import faulty_rulings
from app.services.authorities import save_authority
from app.services.planned_changes import judged_plans
from app.ui.formats import words
from app.views.guard import admin, signed_in
from app.views.setup.area import attempt, authority, require_set_up, setup, status_of
from workflows.holding import FAULT
from workflows.registry import ALL

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import Authority, HeldRuling

    Step = dict[str, Any]


@setup.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show what is set up and what is missing, each with its link."""
    require_set_up()
    ours, state = authority(), setup_state(current_user.person.authority_id, today())
    mine = [each for each in state.committees if _may_set_up(each)]
    everything = current_user.standing.is_admin
    steps = _steps(ours, state) if everything else []
    committee_steps = [(each, _committee_steps(each)) for each in mine]
    way = [*steps, *(step for _each, listed in committee_steps for step in listed)]
    return render_template(
        "setup/index.html",
        authority=ours,
        state=state,
        steps=steps,
        committees=committee_steps,
        next_step=next((step for step in way if not step["done"]), None),
        done_steps=sum(step["done"] for step in way),
        all_steps=len(way),
        everything=everything,
        planned=judged_plans(current_user.person.authority_id) if everything else (),
        today=today(),
        faults=_faults() if everything else (),
    )


def _faults() -> list[tuple[HeldRuling, str, str]]:
    """Return the rulings that met a fault, each with the kind of thing ruled on and the fault."""
    found = faulty_rulings(current_user.person.authority_id)
    return [(held, words(ALL[held.workflow].label), held.said[FAULT]) for held in found]


def _may_set_up(each: CommitteeState) -> bool:
    return current_user.standing.is_admin or each.committee.id in current_user.standing.secretary_of


def _step(words: str, endpoint: str, note: str = "", *, done: bool, **values: Any) -> Step:  # noqa: ANN401 -- url_for takes anything
    return {"words": words, "done": done, "href": url_for(endpoint, **values), "note": note}


def _steps(ours: Authority, state: SetupState) -> list[Step]:
    missing = ", ".join(str(year) for year in state.years_missing)
    people = _("%(count)s người", count=state.people)
    return [
        _step(_("Cơ quan: tên, địa danh trên văn bản"), "setup.edit_authority", ours.name, done=bool(ours.place)),
        _step(
            pgettext("many", "Đơn vị"),
            "setup.list_units",
            _("%(count)s đơn vị", count=state.units),
            done=state.units > 0,
        ),
        _step(_("Người dùng và chức vụ"), "setup.list_people", people, done=state.people > 1),
        _step(
            _("Ban chỉ đạo, ban biên tập"),
            "setup.list_committees",
            _("%(count)s ban", count=len(state.committees)),
            done=bool(state.committees),
        ),
        _step(
            _("Lịch làm việc"),
            "setup.show_calendar",
            _("chưa có lịch chính thức năm %(years)s", years=missing) if missing else _("đủ lịch chính thức"),
            done=not state.years_missing,
            **({"year": state.years_missing[0]} if state.years_missing else {}),
        ),
        _step(
            _("Mời người dùng đặt mật khẩu"),
            "setup.list_people",
            _("%(count)s người chưa có mật khẩu", count=state.uninvited) if state.uninvited else "",
            done=state.people > 1 and not state.uninvited,
            show="uninvited",
        ),
    ]


def _committee_steps(each: CommitteeState) -> list[Step]:
    committee_id = each.committee.id
    seats = {"chair": _("Trưởng ban"), "secretary": _("Thư ký")}
    lacking = [words for office, words in seats.items() if office not in each.offices]
    note = _("còn thiếu: %(who)s", who=", ".join(lacking)) if lacking else _("%(count)s người", count=each.members)
    members = _("Thành viên: trưởng ban, phó trưởng ban, thư ký, ủy viên")
    page = "setup.show_committee" if current_user.standing.is_admin else "committees.show"
    return [
        _step(members, page, note, done=not lacking, committee_id=committee_id),
        _step(_("Kỳ báo cáo"), "setup.show_periods", done=each.has_rule, committee_id=committee_id),
        _step(_("Số văn bản tiếp theo"), "setup.show_series", done=each.has_series, committee_id=committee_id),
    ]


@setup.route("/authority", methods=["GET", "POST"])
@admin
def edit_authority() -> ResponseReturnValue:
    """Edit how the authority names itself."""
    ours = authority()
    form = EditAuthorityForm(obj=ours)

    def save() -> bool:
        save_authority(
            ours,
            name=form.name.data or "",
            short_name=form.short_name.data or "",
            superior_name=form.superior_name.data or "",
            place=form.place.data or "",
            by=current_user.person,
        )
        return True

    if attempt(form, save):
        flash(_("Đã lưu thông tin cơ quan."), "success")
        return redirect(url_for("setup.index"), 303)
    return render_template("setup/authority.html", form=form), status_of(form)
