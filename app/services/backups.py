"""Backup and restore of an installation on SQLite: the database as of one instant, and every file it speaks of."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url

from app import migrations_runner
from app.clock import now
from app.errors import DomainError

if TYPE_CHECKING:
    from config import Settings

MANIFEST, DATABASE, FILES = "manifest.json", "dondoc.sqlite3", "files/"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Kept:
    """What a backup holds: its schema's revision and how many files."""

    revision: str
    files: int
    size: int


def sqlite_path(settings: Settings) -> Path:
    """Return where the database lies.

    :raises DomainError: the installation is on PostgreSQL, which has tools of its own.
    """
    url = make_url(settings.database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        raise DomainError(
            "Dữ liệu nằm trên PostgreSQL: hãy sao lưu bằng pg_dump và chép thư mục files.",
            "The data are on PostgreSQL: back them up with pg_dump and copy the folder of files.",
        )
    return Path(url.database)


def write_backup(settings: Settings, target: Path) -> Kept:
    """Write a backup while others go on working; the database is copied as of one instant.

    :raises DomainError: no database, the target exists, or a file that the database speaks of is missing.
    """
    source = sqlite_path(settings)
    if not source.exists():
        raise DomainError("Chưa có cơ sở dữ liệu để sao lưu.", "There is no database to back up.")
    if target.exists():
        raise DomainError(
            f"Tệp {target} đã có. Hãy chọn tên khác để không ghi đè.", f"{target} exists already. Choose another name."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        _copy_database(source, copy)
        digests, revision = _ask(copy)
        waiting = Path(folder) / "backup.zip"
        _pack(settings, waiting, copy, digests, revision)
        waiting.replace(target)
    return Kept(revision, len(digests), target.stat().st_size)


def _copy_database(source: Path, copy: Path) -> None:
    """Copy by SQLite's own online backup: one consistent instant, whoever writes meanwhile."""
    reading, writing = sqlite3.connect(source), sqlite3.connect(copy)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()


def _ask(copy: Path) -> tuple[list[str], str]:
    connection = sqlite3.connect(copy)
    try:
        digests = [row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM stored_file ORDER BY sha256")]
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    finally:
        connection.close()
    return digests, revision


def _pack(settings: Settings, target: Path, copy: Path, digests: list[str], revision: str) -> None:
    missing = [digest for digest in digests if not _place(settings.files_dir, digest).exists()]
    if missing:
        raise DomainError(
            f"Thiếu {len(missing)} tệp đính kèm trong thư mục dữ liệu (ví dụ {missing[0][:12]}…). Chạy verify để xem.",
            f"{len(missing)} attached files are missing in the data folder (such as {missing[0][:12]}…). Run verify.",
        )
    manifest = {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="seconds"),
        "revision": revision,
        "database": digest_of(copy),
        "files": digests,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        archive.write(copy, DATABASE)
        for digest in digests:
            archive.write(_place(settings.files_dir, digest), FILES + digest)


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def restore_backup(settings: Settings, source: Path, *, force: bool = False) -> Kept:
    """Put a backup in place of an installation's data; an older schema is migrated.

    Everything is unpacked and checked beside the data first, so that a bad backup changes nothing.

    :raises DomainError: there is data already (without `force`), or the backup is damaged or no backup.
    """
    database = sqlite_path(settings)
    if database.exists() and not force:
        raise DomainError(
            f"Đã có dữ liệu ở {database}. Hãy dùng thư mục khác (DONDOC_VAR), hoặc thêm --force để thay thế.",
            f"There is data at {database} already. Use another folder (DONDOC_VAR), or add --force to replace it.",
        )
    settings.var_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.var_dir) as folder:
        manifest = _unpack(source, Path(folder))
        for digest in manifest["files"]:
            place = _place(settings.files_dir, digest)
            place.parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / digest).replace(place)
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        (Path(folder) / DATABASE).replace(database)
    migrations_runner.upgrade(settings)
    return Kept(manifest["revision"], len(manifest["files"]), source.stat().st_size)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    damaged = DomainError(
        f"Tệp {source} không phải bản sao lưu đọc được, hoặc đã hỏng. Hãy dùng bản khác.",
        f"{source} is no readable backup, or it is damaged. Use another one.",
    )
    try:
        with zipfile.ZipFile(source) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            wanted = {DATABASE: manifest["database"]} | {FILES + digest: digest for digest in manifest["files"]}
            for name, digest in wanted.items():
                place = folder / Path(name).name
                with archive.open(name) as packed, place.open("wb") as file:
                    while chunk := packed.read(CHUNK):
                        file.write(chunk)
                if digest_of(place) != digest:
                    raise damaged
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise damaged from error
    return manifest
