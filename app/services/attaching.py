"""Files that come to an item: each content is attached once; what is there already is told, not refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.clock import day_of
from app.db import session
from app.errors import Sentence
from app.models import Attachment, Person, StoredFile
from app.services.files import attach_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.services.moves import Move


class Attached(NamedTuple):
    """What became of files: the ids under which the item holds them, and a hint for each that it held already."""

    file_ids: list[int]
    hints: list[Sentence]


def attach_files(file_ids: Iterable[int], *, subject: str, subject_id: int, role: str, person: Person) -> Attached:
    """Attach stored files to an item, each content once; the caller tells the hints to who sent them."""
    wanted = [*dict.fromkeys(file_ids)]
    if not wanted:
        return Attached([], [])
    sent = {file.id: file for file in session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted)))}
    held = _held({file.sha256 for file in sent.values()}, subject, subject_id, role)
    kept: list[int] = []
    hints: list[Sentence] = []
    for file in (sent[file_id] for file_id in wanted if file_id in sent):
        same = held.get(file.sha256)
        if same is None:
            attach_file(file.id, subject=subject, subject_id=subject_id, role=role, person=person)
            held[file.sha256] = same = (file.id, file.name, None)
        else:
            hints.append(_hint(file.name, same[1], same[2]))
        kept.append(same[0])
    return Attached([*dict.fromkeys(kept)], hints)


def note_attached(move: Move, name: str, attached: Attached) -> None:
    """Let the log of a move name the files that the item holds, and its page tell what was there already."""
    move.notes.setdefault("data", {})[name] = attached.file_ids
    move.notes.setdefault("hints", []).extend(attached.hints)


_Held = tuple[int, str, Sentence | None]
"""A file of the item: its id, its name, and who sent it when; None for one of this very sending."""


def _held(digests: Iterable[str], subject: str, subject_id: int, role: str) -> dict[str, _Held]:
    """Return what the item holds of these contents, by digest; the first that came counts."""
    query = (
        select(StoredFile.sha256, StoredFile.id, StoredFile.name, Person.full_name, Attachment.at)
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .join(Person, Person.id == Attachment.person_id)
        .where(Attachment.subject == subject, Attachment.subject_id == subject_id, Attachment.role == role)
        .where(StoredFile.sha256.in_([*digests]))
        .order_by(Attachment.id.desc())
    )
    return {row[0]: (row[1], row[2], _sent_by(row[3], f"{day_of(row[4]):%d/%m/%Y}")) for row in session.execute(query)}


def _sent_by(who: str, on: str) -> Sentence:
    return Sentence(f"{who} gửi ngày {on}", f"sent by {who} on {on}")


def _hint(name: str, kept: str, sent: Sentence | None) -> Sentence:
    if sent is None:
        return Sentence(
            f"Tệp «{name}» giống hệt tệp «{kept}» gửi cùng lúc, nên chỉ giữ một bản.",
            f"The file “{name}” is the same as “{kept}” sent with it, so one is kept.",
        )
    if name == kept:
        return Sentence(
            f"Tệp «{name}» đã có ở đây ({sent.vi}), nên không lưu thêm bản thứ hai.",
            f"The file “{name}” is here already ({sent.en}), so it is not kept twice.",
        )
    return Sentence(
        f"Tệp «{name}» giống hệt tệp «{kept}» đã có ở đây ({sent.vi}), nên không lưu thêm bản thứ hai.",
        f"The file “{name}” is the same as “{kept}”, which is here already ({sent.en}), so it is not kept twice.",
    )
