"""Search finds progress notes, comments, people, proposed agenda items and directing documents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BATCH = 1000
MAX_TEXT = 200_000
# Each kind with its table and texts; frozen here as they were found at this revision.
TEXTS = (
    ("progress", "progress", ("note",)),
    ("comment", "comment", ("text",)),
    ("person", "person", ("full_name",)),
    ("agenda", "agenda_proposal", ("title", "reason", "presenter")),
    ("directive", "directive", ("symbol", "subject", "issuer")),
)
ENTRY = sa.table("search_entry", *(sa.column(name) for name in ("authority_id", "kind", "item_id", "words", "toned")))


def upgrade() -> None:
    """Write an entry for each of these things; each engine's index learns them from the entries."""
    connection = op.get_bind()
    for kind, name, columns in TEXTS:
        table = sa.table(name, *(sa.column(column) for column in ("id", "authority_id", *columns)))
        query = sa.select(table.c.id, table.c.authority_id, *(table.c[column] for column in columns))
        last = 0
        while rows := connection.execute(query.where(table.c.id > last).order_by(table.c.id).limit(BATCH)).fetchall():
            entries = []
            for item_id, authority_id, *texts in rows:
                text = " \n ".join(part for part in texts if part)[:MAX_TEXT]
                words = f"zz{kind} {_words(text)}".rstrip()
                entries.append({
                    "authority_id": authority_id, "kind": kind, "item_id": item_id, "words": words,
                    "toned": _toned(text),
                })  # fmt: skip
            connection.execute(sa.insert(ENTRY), entries)
            last = rows[-1].id


def downgrade() -> None:
    """Forget these entries; the things themselves stay."""
    op.execute(sa.delete(ENTRY).where(ENTRY.c.kind.in_([kind for kind, _, _ in TEXTS])))


def _words(text: str) -> str:
    return " ".join(_bare(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("đ", "d")


def _toned(text: str) -> str:
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return " ".join(dict.fromkeys(key for key in map(_key, words) if key))


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    tones = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
    marks = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
    letters, tone = [], ""
    for letter in unicodedata.normalize("NFD", word):
        tone = tones.get(letter, tone)
        if letter == "đ":
            letters.append("d9")
        elif letter in marks:
            letters.append(marks[letter])
        elif letter not in tones and not unicodedata.combining(letter):
            letters.append(letter)
    key = "".join(letters) + tone
    return key if key != word and key.isascii() else ""
