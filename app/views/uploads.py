"""Files in pieces: begin, ask how far it is, send a piece, finish, cancel; all of it about the person's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request, url_for
from flask_login import current_user

from app import db
from app.db import transaction
from app.errors import DomainError, NotFoundError
from app.services import uploads as service
from app.services.files import keep_file, own_unattached
from app.services.scanning import NotScannedError
from app.services.uploads import Upload, WrongOffsetError
from app.views.guard import signed_in

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

uploads = Blueprint("uploads", __name__, url_prefix="/uploads")


@uploads.post("/")
@signed_in
def begin() -> ResponseReturnValue:
    """Begin to send a file, or go on with the same one where it stopped."""
    size = request.form.get("size", type=int) or 0
    made = service.begin_upload(
        current_user.id, request.form.get("name", ""), max(0, size), request.form.get("modified", "")
    )
    return _tell(made), 201


@uploads.get("/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """Say how far a file is; one that a form has taken is gone."""
    found = service.find_upload(current_user.id, key)
    if found.file_id and not own_unattached([found.file_id], current_user.person):
        raise NotFoundError
    return _tell(found)


@uploads.post("/<key>")
@signed_in
def add(key: str) -> ResponseReturnValue:
    """Take a piece that begins at `offset`; answered with 409 and the right offset where it does not fit."""
    found = service.find_upload(current_user.id, key)
    try:
        offset = service.add_piece(found, request.args.get("offset", -1, type=int), request.get_data(cache=False))
    except WrongOffsetError as error:
        return jsonify(offset=error.offset), error.status
    return jsonify(offset=offset)


@uploads.post("/<key>/finish")
@signed_in
def finish(key: str) -> ResponseReturnValue:
    """Judge a file that is whole and keep it; what is refused is forgotten, except where the scanner did not answer."""
    found = service.find_upload(current_user.id, key)
    if found.file_id:
        return _tell(found)
    _give_lock_back()
    try:
        judged = service.judge_upload(found)
    except WrongOffsetError as error:
        return jsonify(offset=error.offset), error.status
    except NotScannedError:
        raise
    except DomainError:
        service.drop_upload(found)
        raise
    db.mark_writing()
    with transaction():
        file_id = keep_file(judged, current_user.person).id
    service.note_kept(found, file_id)
    return _tell(service.find_upload(current_user.id, key))


@uploads.post("/<key>/cancel")
@signed_in
def cancel(key: str) -> ResponseReturnValue:
    """Forget a file on its way."""
    service.drop_upload(service.find_upload(current_user.id, key))
    return "", 204


def _give_lock_back() -> None:
    """End what the request has read so far: looking at 25 MB takes a while, a scanner longer, and others write."""
    with transaction():
        pass


def _tell(upload: Upload) -> Response:
    return jsonify(
        href=url_for("uploads.show", key=upload.key),
        name=upload.name,
        size=upload.size,
        offset=upload.offset,
        file=upload.file_id,
        piece=service.CHUNK,
    )
