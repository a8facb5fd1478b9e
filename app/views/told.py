"""Who was told what and when: for the secretary, for a task, and to send again what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.clock import now, today
from app.db import transaction
from app.errors import ForbiddenError, NotFoundError
from app.mail.fates import LABELS, Fate, fate_of
from app.mail.links import PAGES
from app.mail.wording import rule_words
from app.models import Task
from app.queries.deliveries import COUNTED, FATES, PAGE, ToldFilter, count_told, post_health, visible_delivery
from app.queries.deliveries import told as told_rows
from app.queries.offices import offices_on
from app.services.deliveries import retry
from app.ui.formats import kept_words, words
from app.ui.navigation import url_if_known
from app.views.guard import by_loader, signed_in
from workflows.registry import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue
    from sqlalchemy import Row

told = Blueprint("told", __name__, url_prefix="/told")

MAX_QUERY = 100
MAX_PAGE = COUNTED // PAGE


@told.get("/")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as told.list
    """Show what was told in the committees whose secretary asks; to an administrator what concerns accounts."""
    _require_keeper()
    standing = current_user.standing
    fate = request.args.get("fate", "")
    wanted = ToldFilter(fate if fate in FATES else "", request.args.get("q", "").strip()[:MAX_QUERY])
    total = count_told(standing, wanted)
    pages = max(1, -(-total // PAGE))
    page = min(_page(), pages)
    return render_template(
        "told/list.html",
        rows=_shown(told_rows(standing, wanted, page)),
        sees_addresses=True,
        wanted=wanted,
        fates=[(name, words(label)) for name, label in LABELS.items()],
        total=total,
        page=page,
        pages=pages,
        health=post_health(standing.authority_id),
        settings=current_app.config["SETTINGS"],
    )


@told.get("/tasks/<int:task_id>")
@by_loader
def task(task_id: int) -> ResponseReturnValue:
    """Show who was told what about one task; whoever may see the task may see this.

    Mail addresses, and what mail servers say of them, are for the committee that sends alone.
    """
    standing = current_user.standing
    found = access.load(Task, task_id, standing)
    sends = found.committee_id in standing.chair_of | standing.deputy_of | standing.secretary_of
    return render_template(
        "told/task.html",
        task=found,
        rows=_shown(told_rows(standing, ToldFilter(task_id=task_id), _page())),
        sees_addresses=sends,
        page=_page(),
        per_page=PAGE,
    )


@told.post("/deliveries/<int:delivery_id>/retry")
@signed_in
def send_again(delivery_id: int) -> ResponseReturnValue:
    """Let a failed mail be tried again."""
    _require_keeper()
    with transaction():
        delivery = visible_delivery(current_user.standing, delivery_id)
        if delivery is None:
            raise NotFoundError
        retry(delivery, now())
    flash(_("Thư sẽ được gửi lại trong ít phút."), "good")
    return redirect(url_for("told.list"), 303)


def _require_keeper() -> None:
    if not (current_user.standing.secretary_of or current_user.standing.is_admin):
        raise ForbiddenError(
            "Trang này dành cho thư ký của ban và quản trị. Ai đã được báo về một nhiệm vụ: xem ở trang nhiệm vụ đó.",
            "This page is for secretaries and administrators. Who was told of a task is shown on the task's page.",
        )


def _page() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), MAX_PAGE) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004 -- digits


class Shown(NamedTuple):
    """A row with its mail's fate, what was said, the title and page of what it is about, and who was told as what."""

    row: Row[Any]
    fate: Fate
    said: str
    title: str
    href: str
    office: str


def _shown(rows: Sequence[Row[Any]]) -> Sequence[Shown]:
    held = offices_on(today(), {row.person_id for row in rows})
    offices = {one: f"{words(found.office)}, {found.place}" for one, found in held.items()}
    return [
        Shown(row, fate_of(row), rule_words(row.rule), _title(row), _href(row), offices.get(row.person_id, ""))
        for row in rows
    ]


def _title(row: Row[Any]) -> str:
    """Return what a row is about; a month has no title, so that it is named by its kind."""
    kind = words(ALL[row.subject].label) if row.subject in ALL else ""
    return row.title or kept_words(row.data, "title") or kind


def _href(row: Row[Any]) -> str:
    endpoint, name = PAGES.get(row.subject, ("", ""))
    return (url_if_known(endpoint, **{name: row.subject_id}) or "") if endpoint else ""
