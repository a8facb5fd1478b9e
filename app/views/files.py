"""Attached files: given only to who may see the item, under a safe type; shown as pictures of ours where possible."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, send_file
from flask_login import current_user

from app import access
from app.db import session
from app.errors import NotFoundError
from app.models import Attachment
from app.queries.facts import BY_NAME
from app.services.files import INLINE, path_of
from app.services.previews import MOST_PAGES, PICTURES, count_pages, is_shown, page_of, thumb_of
from app.views.guard import by_loader

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

files = Blueprint("files", __name__)
A_WHILE = 3600
BLANK = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A GIF of one clear point, sent where a file cannot be drawn: a list then shows nothing beside its name."""


def _seen(attachment_id: int) -> Attachment:
    """Return an attached file that this person may see: who may see its item.

    :raises NotFoundError: there is none, or not for this person.
    """
    attachment = session.get(Attachment, attachment_id)
    model: Any = BY_NAME.get(attachment.subject) if attachment else None
    if attachment is None or model is None:
        raise NotFoundError
    access.load(model, attachment.subject_id, current_user.standing)
    return attachment


@files.get("/files/<int:attachment_id>")
@by_loader
def fetch(attachment_id: int) -> ResponseReturnValue:
    """Send an attached file; what a browser cannot show safely is saved, not opened."""
    attachment = _seen(attachment_id)
    path = path_of(attachment.file.sha256)
    if not path.exists():
        raise NotFoundError
    shown = attachment.file.media_type in INLINE
    response = send_file(
        path,
        mimetype=attachment.file.media_type if shown else "application/octet-stream",
        as_attachment=not shown,
        download_name=attachment.file.name,
        conditional=True,
        etag=attachment.file.sha256,
        max_age=0,
    )
    return _boxed(response)


@files.get("/files/<int:attachment_id>/view")
@by_loader
def view(attachment_id: int) -> ResponseReturnValue:
    """Show a picture, or the pages of a PDF, on a page of ours; other kinds are offered to be saved."""
    attachment = _seen(attachment_id)
    pages = count_pages(attachment.file)
    return render_template(
        "files/view.html",
        attachment=attachment,
        file=attachment.file,
        picture=attachment.file.media_type in PICTURES,
        pages=min(pages, MOST_PAGES),
        more=max(0, pages - MOST_PAGES),
    )


@files.get("/files/<int:attachment_id>/thumb")
@by_loader
def thumb(attachment_id: int) -> ResponseReturnValue:
    """Send a small picture of a file."""
    attachment = _seen(attachment_id)
    if not is_shown(attachment.file):
        raise NotFoundError
    return _picture(thumb_of(attachment.file), "image/jpeg")


@files.get("/files/<int:attachment_id>/pages/<int:number>")
@by_loader
def page(attachment_id: int, number: int) -> ResponseReturnValue:
    """Send a page of a PDF as a picture, counted from 1."""
    drawn = page_of(_seen(attachment_id).file, number)
    if not drawn:
        raise NotFoundError
    return _picture(drawn, "image/png")


def _picture(content: bytes, kind: str) -> Response:
    drawn = (content, kind) if content else (BLANK, "image/gif")
    response = send_file(BytesIO(drawn[0]), mimetype=drawn[1], max_age=A_WHILE)
    response.cache_control.private = True
    return _boxed(response)


def _boxed(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
