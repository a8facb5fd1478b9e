"""Uploaded files: checked by content, kept once under their digest, attached to an item."""

from __future__ import annotations

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, cast

from flask import current_app
from sqlalchemy import select

from app.clock import now
from app.db import session
from app.encodings import is_text
from app.errors import DomainError
from app.models import Attachment, StoredFile
from app.services.scanning import refuse_infected
from app.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from werkzeug.datastructures import FileStorage

    from app.models import Person

MAX_SIZE = 25 * 1024 * 1024
MAX_NAME = 200
_OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "odt": "content.xml", "ods": "content.xml"}
_MAGIC: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "webp": (b"RIFF",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "zip": (b"PK\x03\x04",),
    "heic": (b"\x00\x00\x00",),
    "mp4": (b"\x00\x00\x00",),
}
_MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/plain; charset=utf-8",
}
INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


class Judged(NamedTuple):
    """A file that may be kept: its bytes, its name as it is kept, its kind (the letters behind the last dot)."""

    content: bytes
    name: str
    kind: str


def judge_file(stream: BinaryIO, name: str) -> Judged:
    """Look at a file's content and let the virus scanner look at it; no statement is sent to the database.

    :raises DomainError: empty, too large, of a kind not taken, not what its name says, infected, or not scanned.
    """
    clean, kind = clean_name(name)
    content = stream.read(MAX_SIZE + 1)
    _check(content, clean, kind)
    refuse_infected(content, clean)
    return Judged(content, clean, kind)


def store_file(stream: BinaryIO, name: str, person: Person) -> StoredFile:
    """Keep a file and return its row; the same bytes are kept once.

    :raises DomainError: see `judge_file`.
    """
    return keep_file(judge_file(stream, name), person)


def keep_file(judged: Judged, person: Person) -> StoredFile:
    """Keep a file that was judged and return its row; the same bytes are kept once."""
    content, clean, kind = judged
    digest = hashlib.sha256(content).hexdigest()
    _write(path_of(digest), content)
    row = StoredFile(
        authority_id=person.authority_id,
        sha256=digest,
        name=clean,
        size=len(content),
        media_type=_MEDIA.get(kind, "application/octet-stream"),
        uploaded_by_id=person.id,
        uploaded_at=now(),
    )
    session.add(row)
    session.flush()
    return row


class RefusedFilesError(DomainError):
    """Some of the files that came together are not taken; `kept` are the others, `refused` how many are not."""

    def __init__(self, refused: Sequence[DomainError], kept: Sequence[StoredFile], *, field: str = "files") -> None:
        """Say of each file why it is not taken, and that the others are kept."""
        vi = " ".join(error.sentence.vi for error in refused)
        en = " ".join(error.sentence.en for error in refused)
        if kept:
            vi = f"{vi} {len(kept)} tệp còn lại đã được giữ, không phải chọn lại."
            en = f"{en} The other {len(kept)} are kept: you need not choose them again."
        super().__init__(vi, en, field=field)
        self.refused, self.kept = len(refused), kept


def store_files(uploads: Iterable[FileStorage], person: Person) -> tuple[list[StoredFile], list[DomainError]]:
    """Keep files that came together; one that is not taken does not cost the others. Return them, and what is wrong."""
    kept: list[StoredFile] = []
    refused: list[DomainError] = []
    for upload in uploads:
        try:
            kept.append(store_file(cast("BinaryIO", upload.stream), upload.filename or "", person))
        except DomainError as error:
            # Nothing was written of it: a file is judged before its row is made.
            refused.append(error)
    return kept, refused


def own_unattached(file_ids: list[int], person: Person) -> list[StoredFile]:
    """Return those of the files that this person uploaded and nothing holds yet; others are left out silently."""
    if not file_ids:
        return []
    held = select(Attachment.file_id).where(Attachment.file_id.in_(file_ids))
    query = select(StoredFile).where(
        StoredFile.id.in_(file_ids), StoredFile.uploaded_by_id == person.id, StoredFile.id.not_in(held)
    )
    return list(session.scalars(query))


def attach_file(file_id: int, *, subject: str, subject_id: int, role: str, person: Person) -> Attachment:
    """Attach a stored file to an item; `role` says as what (evidence, signed_copy …)."""
    row = Attachment(
        authority_id=person.authority_id,
        subject=subject,
        subject_id=subject_id,
        role=role,
        file_id=file_id,
        person_id=person.id,
        at=now(),
    )
    session.add(row)
    return row


def path_of(digest: str) -> Path:
    """Return where the bytes with this SHA-256 lie."""
    folder: Path = current_app.config["SETTINGS"].files_dir
    return folder / digest[:2] / digest


def clean_name(name: str) -> tuple[str, str]:
    """Return a file's name as it is kept, and its kind: the letters behind the last dot, empty where there is none."""
    base = PurePosixPath(nfc(name).replace("\\", "/")).name
    clean = "".join(c for c in base if c.isprintable() and c not in '<>:"|?*')[-MAX_NAME:].strip(". ") or "tep"
    return clean, clean.rsplit(".", 1)[-1].lower() if "." in clean else ""


class EmptyFileError(DomainError):
    """There is nothing in the file."""

    def __init__(self, name: str) -> None:
        """Say what to do: most often the file was not yet saved, or not yet fetched from a phone's cloud."""
        super().__init__(
            f"Tệp «{name}» không có nội dung. Hãy kiểm tra lại tệp rồi chọn lại.",
            f"The file “{name}” is empty. Check the file and choose it again.",
            field="files",
        )


def refuse_by_name(name: str, kind: str, size: int) -> None:
    """Refuse what can be refused before a byte is sent: a file too large, or of a kind that is not taken.

    :raises DomainError: with the sentence for the field `files`.
    """
    if size > MAX_SIZE:
        raise DomainError(
            f"Tệp «{name}» lớn hơn 25 MB. Hãy nén hoặc chia nhỏ tệp rồi gửi lại.",
            f"The file “{name}” is larger than 25 MB. Compress or split it, then send it again.",
            field="files",
        )
    if kind not in _MAGIC and kind not in _OFFICE and kind not in {"txt", "csv"}:
        raise DomainError(
            f"Chưa nhận loại tệp của «{name}». Hãy dùng PDF, ảnh (PNG, JPG), Word, Excel, văn bản hoặc ZIP.",
            f"Files like “{name}” are not taken. Use PDF, a picture (PNG, JPG), Word, Excel, text or ZIP.",
            field="files",
        )


def _check(content: bytes, name: str, kind: str) -> None:
    if not content:
        raise EmptyFileError(name)
    refuse_by_name(name, kind, len(content))
    if not _is_what_it_says(content, kind):
        raise DomainError(
            f"Nội dung tệp «{name}» không đúng với đuôi .{kind}. Hãy mở tệp, lưu lại đúng định dạng rồi chọn lại.",
            f"The content of “{name}” is not what .{kind} says. Open it, save it in that format and choose again.",
            field="files",
        )


def _is_what_it_says(content: bytes, kind: str) -> bool:
    if kind in {"txt", "csv"}:
        return is_text(content)
    if kind in _OFFICE:
        return _zip_holds(content, _OFFICE[kind])
    if kind in {"heic", "mp4"}:
        return content[4:8] == b"ftyp"
    if kind == "webp":
        return content[8:12] == b"WEBP"
    return content.startswith(_MAGIC[kind])


def _zip_holds(content: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return any(name.startswith(member) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False


def _write(path: Path, content: bytes) -> None:
    """Write bytes so that a reader never sees half a file."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
