"""The file that a notice is read from: as sent, held while the secretary looks at a double, kept with the draft."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from flask import flash
from flask_login import current_user

from app.db import transaction
from app.forms.moves import kept_ids, sentence
from app.queries.known_papers import SOURCE
from app.reading.files import FileText, read_bytes
from app.reading.normalise import clean
from app.reading.secrecy import refuse_marked
from app.services.files import attach_file, own_unattached, path_of, store_file
from app.services.notices import Known
from workflows.notice import NOTICE

if TYPE_CHECKING:
    from app.forms.notices import ComposeNoticeForm
    from app.models import Notice

KEPT = (".docx", ".pdf")
"""Originals worth keeping beside the words read from them; plain text is kept as it was read."""


@dataclass(frozen=True)
class Original:
    """The file that a text was read from: its name and bytes, and its row where it was kept at an earlier try."""

    name: str = ""
    content: bytes = b""
    stored_id: int | None = None

    @property
    def kept(self) -> bool:
        """Whether it is of a kind that the house keeps beside the words read from it."""
        return self.name.lower().endswith(KEPT)


def file_sent(form: ComposeNoticeForm) -> tuple[Original, FileText]:
    """Return the file that was chosen, now or at the try before, and its text; nothing where none was.

    :raises DomainError: it cannot be read, or is marked as a state secret; also where a text was typed beside it.
    """
    upload = form.file.data
    if getattr(upload, "filename", ""):
        original = Original(upload.filename, upload.read())
    else:
        held = own_unattached(kept_ids([form.kept.data or ""]), current_user.person)
        if not held:
            return Original(), FileText("")
        original = Original(held[0].name, path_of(held[0].sha256).read_bytes(), held[0].id)
    read = read_bytes(original.content)
    refuse_marked(clean(read.text))
    for said in read.notes:
        flash(sentence(said), "warning")
    return original, read


def where_to_look(form: ComposeNoticeForm, original: Original) -> Known | None:
    """Return where to look for a notice that says the same; None once the secretary has seen it and goes on."""
    if form.again.data:
        return None
    digest = hashlib.sha256(original.content).hexdigest() if original.content else ""
    return Known(current_user.standing.secretary_of, digest)


def hold_for_again(form: ComposeNoticeForm, original: Original, text: str) -> None:
    """Keep what was sent for the next try: a browser chooses no file again; of a plain text its words are enough."""
    form.again.data = "1"
    if original.kept and original.stored_id is None:
        with transaction():
            form.kept.data = str(store_file(BytesIO(original.content), original.name, current_user.person).id)
    elif not original.kept and not (form.text.data or "").strip():
        form.text.data = text


def keep_original(notice: Notice, original: Original) -> None:
    """Attach the original to the notice, of the kinds that the house keeps."""
    if not original.kept:
        return
    person = current_user.person
    stored_id = original.stored_id or store_file(BytesIO(original.content), original.name, person).id
    attach_file(stored_id, subject=NOTICE.name, subject_id=notice.id, role=SOURCE, person=person)
