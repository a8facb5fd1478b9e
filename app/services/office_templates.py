"""An office's own templates: one for each kind of paper of a committee, the latest given in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Attachment
from app.services.files import attach_file, path_of, store_file
from app.services.setup_log import record_change

if TYPE_CHECKING:
    from app.models import Committee, Person

SUBJECT = "committee"
"""What the file is attached to; `role` names the kind of paper."""
PAPERS = ("notice", "minutes", "invitation", "reminder", "proposal")


def template_of(committee_id: int, paper: str) -> Attachment | None:
    """Return the template in use for a kind of paper, None where ours is."""
    query = (
        select(Attachment)
        .where(Attachment.subject == SUBJECT, Attachment.subject_id == committee_id, Attachment.role == _role(paper))
        .order_by(Attachment.id.desc())
        .limit(1)
    )
    return session.scalars(query).first()


def templates_of(committee_id: int) -> dict[str, Attachment]:
    """Return the templates in use, by kind of paper."""
    found = {paper: template_of(committee_id, paper) for paper in PAPERS}
    return {paper: row for paper, row in found.items() if row is not None}


def template_bytes(committee_id: int, paper: str) -> bytes | None:
    """Return the DOCX of the template in use, None where ours is."""
    row = template_of(committee_id, paper)
    path = path_of(row.file.sha256) if row else None
    return path.read_bytes() if path and path.exists() else None


def keep_template(committee: Committee, paper: str, content: bytes, name: str, by: Person, role: str) -> Attachment:  # noqa: PLR0913, PLR0917 -- what, for what, by whom
    """Keep a template that was checked; from now on papers of this kind are written with it.

    :raises DomainError: no DOCX, or too large.
    """
    _drop_rows(committee, paper)
    stored = store_file(BytesIO(content), name, by)
    row = attach_file(stored.id, subject=SUBJECT, subject_id=committee.id, role=_role(paper), person=by)
    record_change(committee, "take_template", by, role=role, data={"paper": paper, "file": stored.sha256})
    return row


def drop_template(committee: Committee, paper: str, by: Person, role: str) -> bool:
    """Go back to our own form; tell whether there was a template."""
    there = _drop_rows(committee, paper)
    if there:
        record_change(committee, "drop_template", by, role=role, data={"paper": paper})
    return there


def _drop_rows(committee: Committee, paper: str) -> bool:
    row = template_of(committee.id, paper)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def _role(paper: str) -> str:
    return f"template_{paper}"
