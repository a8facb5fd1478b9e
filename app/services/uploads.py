"""Files that come in pieces over a weak line: begun, continued where they stopped, judged when they are whole.

What is on its way lies under var/uploads/<person>/<key>: the pieces in `.part`, what was said of them in `.json`. How
far it is, is the size of the first, so that nothing must be kept in step; a file that is whole is an ordinary stored
file, which a form then names by its id.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from flask import current_app

from app.clock import now
from app.errors import DomainError, NotFoundError, TooLargeError
from app.services.files import EmptyFileError, Judged, clean_name, judge_file, refuse_by_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 512 * 1024
"""So many bytes the browser sends at once; twice as many are taken."""
KEPT = 24 * 3600
"""So many seconds a file on its way is kept."""
FILES_A_DAY = 200
BYTES_A_DAY = 1024 * 1024 * 1024
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_KEY_BYTES = 16


class WrongOffsetError(DomainError):
    """The piece does not begin where the file ends: go on from `offset`."""

    status = 409

    def __init__(self, offset: int) -> None:
        """Keep how many bytes are here."""
        super().__init__("Tệp gửi chưa khớp, đang gửi tiếp.", "The pieces do not meet; it goes on.")
        self.offset = offset


@dataclass(frozen=True)
class Upload:
    """A file on its way: whose, what its sender says of it, and the id of the stored file once it is whole.

    `modified` is the browser's mark of the file's version; with name and size it tells the same file again.
    """

    person_id: int
    key: str
    name: str
    size: int
    modified: str
    begun: float
    file_id: int | None = None

    @property
    def offset(self) -> int:
        """How many bytes are here."""
        part = _place(self.person_id, self.key, "part")
        return self.size if self.file_id else part.stat().st_size if part.exists() else 0


def begin_upload(person_id: int, name: str, size: int, modified: str) -> Upload:
    """Return a file on its way: the one that this person began today with the same file, else a new one.

    :raises DomainError: the file is refused by its name or size, or the person's share of the day is used up.
    """
    clean, kind = clean_name(name)
    refuse_by_name(clean, kind, size)
    if size <= 0:
        raise EmptyFileError(clean)
    today = [*_of(person_id)]
    same = (one for one in today if (one.name, one.size, one.modified) == (clean, size, modified) and not one.file_id)
    if found := next(same, None):
        return found
    if len(today) >= FILES_A_DAY or sum(one.size for one in today) + size > BYTES_A_DAY:
        raise TooLargeError(
            "Hôm nay bạn đã gửi quá nhiều tệp. Hãy gửi tiếp vào ngày mai hoặc nén các tệp lại.",
            "You have sent too many files today. Go on tomorrow, or compress them.",
        )
    made = Upload(person_id, secrets.token_urlsafe(_KEY_BYTES), clean, size, modified[:40], now().timestamp())
    _write(made)
    return made


def find_upload(person_id: int, key: str) -> Upload:
    """Return this person's file on its way.

    :raises NotFoundError: there is none by this key, it is another's, or its day is over.
    """
    found = _read(_place(person_id, key, "json")) if _KEY.fullmatch(key) else None
    if found is None:
        raise NotFoundError
    return found


def add_piece(upload: Upload, offset: int, piece: bytes) -> int:
    """Write a piece behind what is here, and return how many bytes are here now.

    :raises WrongOffsetError: it begins elsewhere: a piece was lost, or came twice.
    :raises TooLargeError: the piece, or the file with it, is larger than was said.
    """
    here = upload.offset
    if offset != here or upload.file_id:
        raise WrongOffsetError(here)
    if len(piece) > 2 * CHUNK or here + len(piece) > upload.size:
        raise TooLargeError(
            f"Tệp «{upload.name}» lớn hơn lúc bắt đầu gửi. Hãy chọn lại tệp.",
            f"“{upload.name}” is larger than it was at first. Choose it again.",
        )
    with _place(upload.person_id, upload.key, "part").open("ab") as file:
        file.write(piece)
    return upload.offset


def judge_upload(upload: Upload) -> Judged:
    """Judge the whole file as any other is judged.

    :raises WrongOffsetError: it is not whole yet.
    :raises DomainError: it is not taken (see `judge_file`).
    """
    if upload.offset != upload.size:
        raise WrongOffsetError(upload.offset)
    with _place(upload.person_id, upload.key, "part").open("rb") as file:
        return judge_file(file, upload.name)


def note_kept(upload: Upload, file_id: int) -> None:
    """Remember under which id the file was kept, so that asking again gives the same; its pieces go."""
    _write(replace(upload, file_id=file_id))
    _place(upload.person_id, upload.key, "part").unlink(missing_ok=True)


def drop_upload(upload: Upload) -> None:
    """Forget a file on its way."""
    for kind in ("json", "part"):
        _place(upload.person_id, upload.key, kind).unlink(missing_ok=True)


def sweep_uploads() -> int:
    """Remove what has been on its way for longer than a day, and what a scanner left behind; return how many files."""
    folder: Path = current_app.config["SETTINGS"].uploads_dir
    since, removed = now().timestamp() - KEPT, 0
    for path in folder.rglob("*") if folder.exists() else ():
        if path.is_file() and path.stat().st_mtime < since:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _of(person_id: int) -> Iterator[Upload]:
    folder = _place(person_id, "", "json").parent
    for path in sorted(folder.glob("*.json")):
        if found := _read(path):
            yield found


def _read(path: Path) -> Upload | None:
    try:
        found = Upload(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if now().timestamp() - found.begun < KEPT else None


def _write(upload: Upload) -> None:
    path = _place(upload.person_id, upload.key, "json")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(upload)), "utf-8")
    fresh.replace(path)


def _place(person_id: int, key: str, kind: str) -> Path:
    folder: Path = current_app.config["SETTINGS"].uploads_dir
    return folder / str(person_id) / f"{key}.{kind}"
