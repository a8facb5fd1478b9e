"""The bell: what a person was told, read and unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.db import transaction
from app.errors import NotFoundError
from app.forms.tasks import read_page
from app.queries import notifications as told
from app.ui.notification_words import news_list
from app.views.guard import signed_in
from app.views.home import home

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

__all__ = ["home"]


@home.get("/notifications")
@signed_in
def notifications() -> ResponseReturnValue:
    """Show what the person was told, the newest first."""
    person_id = current_user.person.id
    unread = request.args.get("show") == "unread"
    whole, new = told.count_told(person_id)
    total = new if unread else whole
    pages = max(1, -(-total // told.PAGE))
    page = min(read_page(request.args), pages)
    args: dict[str, Any] = {"show": "unread"} if unread else {}
    return render_template(
        "home/notifications.html",
        news=news_list(told.told_to(current_user.standing, unread=unread, page=page)),
        tabs=[
            (_("Tất cả"), url_for("home.notifications"), not unread, whole),
            (_("Chưa đọc"), url_for("home.notifications", show="unread"), unread, new),
        ],
        new=new,
        unread=unread,
        total=total,
        page=page,
        pages=pages,
        args=args,
    )


@home.post("/notifications/read")
@signed_in
def mark_all_read() -> ResponseReturnValue:
    """Note that the person has read everything."""
    with transaction():
        told.mark_read(current_user.person.id)
    flash(_("Đã đánh dấu tất cả là đã đọc."), "success")
    return redirect(url_for("home.notifications"), 303)


@home.post("/notifications/<int:notification_id>/read")
@signed_in
def mark_one_read(notification_id: int) -> ResponseReturnValue:
    """Note that the person has read one thing."""
    with transaction():
        told.mark_read(current_user.person.id, notification_id)
    return redirect(url_for("home.notifications", show=request.form.get("show") or None), 303)


@home.get("/notifications/<int:notification_id>")
@signed_in
def open_notification(notification_id: int) -> ResponseReturnValue:
    """Go to what was spoken of, and note that it was read; opening twice changes nothing."""
    found = told.one_told(current_user.standing, notification_id)
    if found is None:
        raise NotFoundError
    with transaction():
        told.mark_read(current_user.person.id, notification_id)
    (news,) = news_list([found])
    if news.gone:
        flash(news.gone, "warning")
    return redirect(news.href or url_for("home.notifications"), 303)
