"""Attached files: given only to who may see the item, under a safe type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, send_file
from flask_login import current_user

from app import access
from app.db import session
from app.errors import NotFoundError
from app.models import Attachment
from app.queries.facts import BY_NAME
from app.services.files import INLINE, path_of
from app.views.guard import by_loader

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

files = Blueprint("files", __name__)


@files.get("/files/<int:attachment_id>")
@by_loader
def fetch(attachment_id: int) -> ResponseReturnValue:
    """Send an attached file; what a browser cannot show safely is saved, not opened."""
    attachment = session.get(Attachment, attachment_id)
    model: Any = BY_NAME.get(attachment.subject) if attachment else None
    if attachment is None or model is None:
        raise NotFoundError
    access.load(model, attachment.subject_id, current_user.standing)
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
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
