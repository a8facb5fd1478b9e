"""Units that are merged, split, renamed, abolished: look ahead, one act, and its report.

Over 300 lines: the acts share one form, one preview and one way of reading what was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.clock import day_of, today
from app.db import transaction
from app.errors import DomainError, NotFoundError
from app.forms.unit_changes import AbolishUnitForm, MergeUnitsForm, SplitUnitForm
from app.models import PlannedUnitChange, Unit, UnitChange
from app.queries import unit_holdings as held
from app.queries.choices import unit_choices
from app.queries.kinds import OFFICES, kind_of
from app.queries.organisation import load_own
from app.queries.task_list import TaskFilter, count_tasks
from app.queries.unit_changes import changes_of, living_successors, tasks_seen, was_told
from app.queries.unit_heads import heads_by_unit
from app.queries.unit_holdings import closed_by_unit
from app.services.planned_changes import (
    judged_plans,
    prepare_change,
    prepared_for,
    units_of_plan,
    wanted_of,
)
from app.services.unit_changes import change_units
from app.services.unit_news import sentence_of
from app.services.unit_plans import (
    ABOLISH,
    MERGE,
    NOBODY,
    RENAME,
    SPLIT,
    Plan,
    PlanChangedError,
    Target,
    Wanted,
    plan_change,
)
from app.services.unit_shares import Share, moved_pieces, planned_pieces, shares_of
from app.services.units import UnitFields
from app.ui.formats import day as day_words
from app.ui.formats import kept_words, words
from app.views.guard import admin, signed_in
from app.views.setup.area import CANNOT, setup
from app.views.setup.planned_again import asked_plan, fill_from, replace_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from app.forms.texts import RowField, RowsField
    from app.services.unit_plans import Line
    from workflows.words import Words

    MovingForm = MergeUnitsForm | SplitUnitForm | AbolishUnitForm

HEADS: Mapping[str, Any] = {
    held.OFFICE_HOLDERS: _l("Người"),
    held.PORTFOLIOS: _l("Người"),
    held.DELEGATIONS: _l("Người"),
    held.GROUPS: _l("Khối"),
    held.CHILDREN: _l("Đơn vị"),
}
"""What stands in the first column where it is no piece of work."""
KINDS: Mapping[str, Any] = {
    held.TASKS: _l("Nhiệm vụ đang mở"),
    held.PARTS: _l("Phần phối hợp trong nhiệm vụ của đơn vị khác"),
    held.SUB_TASKS: _l("Việc thành phần giao cho đơn vị này"),
    held.PROPOSALS: _l("Tờ trình chưa xong"),
    held.AGENDA: _l("Nội dung đề nghị đưa vào họp"),
    held.OFFICE_HOLDERS: _l("Người giữ chức vụ"),
    held.CHILDREN: _l("Đơn vị trực thuộc"),
    held.CONTESTS: _l("Nhiệm vụ đang được đề nghị chuyển cho đơn vị này"),
    held.CLAUSES: _l("Kết luận trong dự thảo thông báo"),
    held.STANDING: _l("Cơ quan thường trực của ban"),
    held.INVITATIONS: _l("Giấy mời họp sắp tới"),
    held.PORTFOLIOS: _l("Phân công phụ trách của phó trưởng ban"),
    held.DELEGATIONS: _l("Ủy quyền quyết định có nêu đơn vị"),
    held.GROUPS: _l("Khối đơn vị"),
}
TITLES: Mapping[str, Any] = {
    MERGE: _l("Sáp nhập đơn vị"),
    SPLIT: _l("Tách đơn vị"),
    RENAME: _l("Đổi tên đơn vị"),
    ABOLISH: _l("Kết thúc hoạt động"),
}
FORMS: Mapping[str, type[MovingForm]] = {MERGE: MergeUnitsForm, SPLIT: SplitUnitForm, ABOLISH: AbolishUnitForm}


@setup.get("/unit-changes")
@admin
def list_unit_changes() -> ResponseReturnValue:
    """Show every act by which units changed."""
    rows = changes_of(current_user.person.authority_id)
    planned = judged_plans(current_user.person.authority_id)
    return render_template(
        "setup/unit_changes.html", changes=rows, titles=TITLES, said=sentence_of, planned=planned, today=today()
    )


@setup.get("/unit-changes/<int:change_id>")
@signed_in
def show_unit_change(change_id: int) -> ResponseReturnValue:
    """Show the report of an act to whom it concerns; titles of tasks only to who may see the tasks.

    It concerns administrators, the people of its units, who was told, and who may see one of its tasks.
    """
    change = load_own(UnitChange, change_id, current_user.person.authority_id)
    lines = change.report["lines"]
    whole: bool = current_user.standing.is_admin
    seen = tasks_seen({line["id"] for line in lines if line["kind"] == held.TASKS}, current_user.standing)
    units = {part.unit_id for part in change.parts}
    if not (whole or seen or units & current_user.standing.units or was_told(change.id, current_user.person.id)):
        raise NotFoundError
    shares = shares_of(moved_pieces(change.report))
    goes_to = {share.new_id for share in shares if share.new_id}
    return render_template(
        "setup/unit_change.html",
        change=change,
        report=change.report,
        title=TITLES[change.kind],
        said=sentence_of(change.kind, change.report),
        sections=[(kind, KINDS[kind], _of_kind(lines, kind)) for kind in held.KINDS if _of_kind(lines, kind)],
        kept=kept_words,
        shares=shares,
        renamed=_carried(change),
        since=day_of(change.made_at),
        links={unit: url_for("tasks.list", **TaskFilter(unit=unit).args()) for unit in goes_to} if seen else {},
        headless=_headless(change),
        seen=seen,
        whole=whole,
        open_to_all={held.OFFICE_HOLDERS, held.CHILDREN, held.STANDING, held.PORTFOLIOS, held.GROUPS},
        task_kind=held.TASKS,
        heads=HEADS,
        offices=OFFICES,
        closed=[] if change.report.get("keeps") else _closed((one["id"], one["name"]) for one in change.report["old"]),
    )


def _carried(change: UnitChange) -> Words | None:
    """Return how much open work got another name; None of a unit without any, and of an act without the numbers."""
    carried = change.report.get("carries")
    if not carried or not any(carried.values()):
        return None
    return Share(change.report["before"], change.report["after"], None, **carried).as_named


def _headless(change: UnitChange) -> list[str]:
    """Return the units that carry on, are still there and are led by nobody today."""
    living = living_successors(change.id)
    led = heads_by_unit(living, today())
    return [name for unit, name in living.items() if unit not in led]


def _closed(units: Iterable[tuple[int, str]]) -> list[tuple[str, int, str]]:
    """Return units with their closed tasks, and the list of just these where it shows as many to who asks."""
    names = dict(units)
    rows = []
    for unit_id, number in closed_by_unit(names).items():
        wanted = TaskFilter(status="closed", unit=unit_id)
        shown = count_tasks(wanted, current_user.standing, today()) == number
        rows.append((names[unit_id], number, url_for("tasks.list", **wanted.args()) if shown else ""))
    return rows


def _of_kind(lines: Sequence[Mapping[str, Any]], kind: str) -> Sequence[Mapping[str, Any]]:
    return [line for line in lines if line["kind"] == kind]


@setup.route("/units/change/<act>", methods=["GET", "POST"])
@admin
def change_unit(act: str) -> ResponseReturnValue:
    """Plan the act, show what would move where, and do it as it was shown; for a day to come it is prepared.

    Over 40 lines: one page with its three ways, to look, to look again and to write.
    """
    if act not in FORMS:
        raise NotFoundError
    planned = asked_plan(act)
    form = _form(act, planned)
    plan: Plan | None = None
    if form.validate_on_submit() or (planned is not None and not form.is_submitted()):
        try:
            looks = planned is not None and not form.is_submitted()
            plan = plan_change(wanted_of(planned) if planned is not None and looks else _wanted(act, form))
            if "save" in request.form:
                with transaction():
                    replace_plan(planned)
                    made = change_units if plan.wanted.on <= today() else prepare_change
                    change = made(plan.wanted, form.seen.data or "", current_user.person)
                return report_of(change)
        except PlanChangedError as error:
            form.blame(error)
            plan = plan_change(_wanted(act, form))
        except DomainError as error:
            if error.status != CANNOT:
                raise
            form.blame(error)
    page = render_template(
        "setup/unit_change_plan.html",
        kind=act,
        form=form,
        title=TITLES[act],
        plan=plan,
        sections=sections_of(plan.lines) if plan else [],
        chosen_kinds=held.CHOSEN,
        heads=HEADS,
        all_kinds=held.ALL_OF_THEM,
        office=held.OFFICE_HOLDERS,
        offices=OFFICES,
        nobody=NOBODY,
        said=_said(plan) if plan else "",
        shares=shares_of(planned_pieces(plan)) if plan else [],
        since=max(plan.wanted.on, today()) if plan else today(),
        prepared=[one for one in prepared_for(plan.wanted) if one is not planned] if plan else [],
        ahead=plan is not None and plan.wanted.on > today(),
        closed=_closed((unit.id, unit.name) for unit in plan.wanted.olds) if plan else [],
    )
    return page, CANNOT if form.errors else 200


def report_of(change: UnitChange | PlannedUnitChange) -> ResponseReturnValue:
    """Go to the report of what was done, or to what was prepared."""
    if isinstance(change, PlannedUnitChange):
        day = day_words(change.starts_on)
        flash(_("Đã chuẩn bị sẵn cho ngày %(day)s. Đến ngày đó mới có hiệu lực.", day=day), "success")
        return redirect(url_for("setup.show_planned_change", planned_id=change.id), 303)
    for one, wrong in judged_plans(change.authority_id):
        if wrong is not None and units_of_plan(one) & {part.unit_id for part in change.parts}:
            flash(_("Lần sắp xếp chuẩn bị sẵn «%(title)s» phải xem lại.", title=words(one.said_title)), "warning")
    flash(_("Đã ghi. Dưới đây là những gì đã chuyển và ai được báo."), "success")
    return redirect(url_for("setup.show_unit_change", change_id=change.id), 303)


def _form(kind: str, planned: PlannedUnitChange | None) -> MovingForm:
    """Return the form of a kind, its pickers filled, with the unit that the address names or what was prepared."""
    choices = unit_choices(current_user.person.authority_id)
    asked = asked_unit()
    form = FORMS[kind](on=today(), olds=[asked] if asked else [], old=asked)
    fields: Sequence[RowField | RowsField] = [form.into, form.olds if isinstance(form, MergeUnitsForm) else form.old]
    for each in fields:
        each.offer(choices)
    if planned is not None and not form.is_submitted():
        fill_from(form, planned)
    return form


def asked_unit() -> int | None:
    """Return the unit that the address names."""
    return request.args.get("unit", type=int)


@dataclass(frozen=True)
class Section:
    """The things of one kind in the preview."""

    kind: str
    title: str
    lines: Sequence[Any]


def sections_of(lines: Sequence[Line]) -> Sequence[Section]:
    """Return what a plan moves, kind by kind."""
    found = {kind: [line for line in lines if line.holding.kind == kind] for kind in held.KINDS}
    return [Section(kind, str(KINDS[kind]), of_kind) for kind, of_kind in found.items() if of_kind]


def _said(plan: Plan) -> Words:
    wanted = plan.wanted
    olds, news = [{"name": unit.name} for unit in wanted.olds], [{"name": one.name} for one in wanted.targets]
    return sentence_of(wanted.kind, {"old": olds, "new": news})


def _wanted(kind: str, form: MovingForm) -> Wanted:
    """Return what the form asks for, with the choices made in the preview."""
    authority_id = current_user.person.authority_id
    keeps = isinstance(form, SplitUnitForm) and bool(form.keeps.data)
    ids = form.olds.data or [] if isinstance(form, MergeUnitsForm) else [form.old.data]
    into = form.into.data if isinstance(form.into.data, list) else [form.into.data] if form.into.data else []
    olds = [load_own(Unit, unit, authority_id) for unit in ids if unit is not None]
    if kind == MERGE:
        # Whoever also picks the unit that receives the others means the others alone.
        olds = [unit for unit in olds if unit.id not in into]
        if not olds:
            raise DomainError(
                "Hãy chọn ít nhất một đơn vị được sáp nhập, khác với đơn vị nhận.",
                "Choose at least one unit to merge, other than the one that receives it.",
                field="olds",
            )
    targets = [
        *([Target(olds[0])] if keeps else []),
        *(Target(fields=fields) for fields in _new_units(form, olds[0])),
        *(Target(load_own(Unit, unit, authority_id)) for unit in into),
    ]
    assert form.on.data is not None  # noqa: S101 -- the form asks for it
    first = _first(form, len(targets))
    return Wanted(
        kind, olds, targets, form.on.data, form.basis.data or "", keeps, first, _chosen(first), _roles(),
        heads_meant="heads_meant" in request.form, past_meant=bool(form.past_meant.data),
    )  # fmt: skip


def _new_units(form: MovingForm, like: Unit) -> list[UnitFields]:
    """Return the units that the act founds: they stand where the old one stood and may what it might."""
    names: list[tuple[str, str]] = []
    if isinstance(form, SplitUnitForm):
        names = [(name.strip(), short.strip()) for name, _bar, short in (n.partition("|") for n in form.names.entries)]
    elif isinstance(form, MergeUnitsForm) and form.name.data:
        names = [(form.name.data, form.short_name.data or "")]
    return [
        UnitFields(
            name=name, short_name=short, kind=kind_of(name), parent_id=like.parent_id, outside=like.outside,
            staff_may_accept=like.staff_may_accept, staff_may_report=like.staff_may_report, email=like.email,
            position=like.position,
        )
        for name, short in names
    ]  # fmt: skip


def _first(form: MovingForm, targets: int) -> int:
    text = request.form.get("first", "0")
    first = int(text) if isinstance(form, SplitUnitForm) and text.isdecimal() else 0
    return first if first < targets else 0


def _chosen(first: int) -> dict[str, int]:
    """Return the choices of the preview; when another default was chosen, those that followed the old one follow it."""
    before = request.form.get("first_seen", "")
    found = {}
    for name, value in request.form.items():
        if name.startswith("to-") and value.removeprefix("-").isdecimal():
            followed = before.isdecimal() and int(before) != first and value == before
            found[name.removeprefix("to-")] = first if followed else int(value)
    return found


def _roles() -> dict[str, str]:
    return {
        name.removeprefix("as-"): value
        for name, value in request.form.items()
        if name.startswith("as-") and value in OFFICES
    }
