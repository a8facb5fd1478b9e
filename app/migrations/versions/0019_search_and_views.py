"""Search over all kinds of things, and ways of looking at the register kept under a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BATCH = 1000
MAX_TEXT = 200_000
# The index holds no text of its own: triggers tell it what an entry held before and what it holds now.
FORGET = "INSERT INTO search_fts (search_fts, rowid, words, toned) VALUES ('delete', old.id, old.words, old.toned);"
LEARN = "INSERT INTO search_fts (rowid, words, toned) VALUES (new.id, new.words, new.toned);"
SQLITE_UP = (
    (
        "CREATE VIRTUAL TABLE search_fts USING fts5 (words, toned, content='search_entry', content_rowid='id', "
        "tokenize='unicode61')"
    ),
    "INSERT INTO search_fts (search_fts) VALUES ('rebuild')",
    f"CREATE TRIGGER search_fts_insert AFTER INSERT ON search_entry BEGIN {LEARN} END",
    f"CREATE TRIGGER search_fts_update AFTER UPDATE ON search_entry BEGIN {FORGET} {LEARN} END",
    f"CREATE TRIGGER search_fts_delete AFTER DELETE ON search_entry BEGIN {FORGET} END",
)
SQLITE_DOWN = (
    "DROP TRIGGER search_fts_delete",
    "DROP TRIGGER search_fts_update",
    "DROP TRIGGER search_fts_insert",
    "DROP TABLE search_fts",
)
POSTGRESQL_UP = ("CREATE INDEX search_fts ON search_entry USING gin (to_tsvector('simple', words))",)
POSTGRESQL_DOWN = ("DROP INDEX search_fts",)
# Each kind with the statement of its texts; frozen here as they were found at this revision.
TEXTS = (
    ("task", "task", ("code", "title", "detail", "deliverable")),
    ("clause", "conclusion", ("text",)),
    ("notice", "notice", ("symbol", "subject")),
    ("minutes", "minutes", ("text",)),
    ("proposal", "proposal", ("symbol", "title", "necessity", "grounds", "content", "effectiveness")),
)
ENTRY = sa.table("search_entry", *(sa.column(name) for name in ("authority_id", "kind", "item_id", "words", "toned")))


def upgrade() -> None:
    """Make the tables, and an entry for each thing that can be found."""
    op.create_table(
        "search_entry",
        *_owned("search_entry"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("toned", sa.Text(), nullable=False),
        sa.UniqueConstraint("kind", "item_id", name=op.f("uq_search_entry_kind_item_id")),
    )
    _fill()
    for statement in SQLITE_UP if _on_sqlite() else POSTGRESQL_UP:
        op.execute(sa.text(statement.replace(":", r"\:")))
    op.create_table(
        "saved_view",
        *_owned("saved_view"),
        _reference("saved_view", "person_id", "person"),
        _reference("saved_view", "committee_id", "committee", empty=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "sort")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("filters", "columns")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_saved_view_person", "saved_view", ["person_id"])
    op.create_index("ix_saved_view_committee", "saved_view", ["committee_id"])
    op.add_column("person", sa.Column("register_columns", sa.JSON(), nullable=True))
    op.add_column("person", sa.Column("register_view_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go one step down: views and what was remembered are lost, nothing else."""
    for name in ("register_view_id", "register_columns"):
        op.drop_column("person", name)
    op.drop_table("saved_view")
    for statement in SQLITE_DOWN if _on_sqlite() else POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_table("search_entry")


def _fill() -> None:
    connection = op.get_bind()
    for kind, name, columns in TEXTS:
        table = sa.table(name, *(sa.column(column) for column in ("id", "authority_id", *columns)))
        query = sa.select(table.c.id, table.c.authority_id, *(table.c[column] for column in columns))
        _write(connection, kind, query.order_by(table.c.id))
    attachment = sa.table("attachment", *(sa.column(column) for column in ("id", "authority_id", "file_id")))
    file = sa.table("stored_file", sa.column("id"), sa.column("name"))
    query = sa.select(attachment.c.id, attachment.c.authority_id, file.c.name)
    _write(connection, "file", query.join(file, file.c.id == attachment.c.file_id).order_by(attachment.c.id))


def _write(connection: sa.Connection, kind: str, query: sa.Select[*tuple[Any, ...]]) -> None:
    rows = connection.execute(query).fetchall()
    for at in range(0, len(rows), BATCH):
        entries = []
        for item_id, authority_id, *texts in rows[at : at + BATCH]:
            text = " \n ".join(part for part in texts if part)[:MAX_TEXT]
            words = f"zz{kind} {_words(text)}".rstrip()
            entries.append({
                "authority_id": authority_id, "kind": kind, "item_id": item_id, "words": words, "toned": _toned(text),
            })  # fmt: skip
        connection.execute(sa.insert(ENTRY), entries)


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


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, to: str, *, empty: bool = False) -> sa.Column[int]:
    named = op.f(f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=named), nullable=empty)
