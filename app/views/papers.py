"""Official papers to take away: DOCX to go on editing, PDF to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response
from flask_login import current_user

from app import access
from app.documents.official.files import file_of
from app.documents.official.notice import notice_paper
from app.models import Notice
from app.views.guard import by_loader

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.documents.official.files import PaperFile

papers = Blueprint("papers", __name__)


@papers.get("/notices/<int:notice_id>/paper.<any(docx,pdf):form>")
@by_loader
def notice(notice_id: int, form: str) -> ResponseReturnValue:
    """Give a notice as an official paper; one that is not issued yet is marked as a draft."""
    paper = access.load(Notice, notice_id, current_user.standing)
    return _file(file_of(notice_paper(paper), f"thong bao {paper.symbol or 'du thao'}", form))


def _file(file: PaperFile) -> Response:
    response = Response(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response
