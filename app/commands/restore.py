"""Role `restore`: put a backup in place of an installation's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import DomainError
from app.services.backups import restore_backup
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to restore."""
    parser.add_argument("file", type=Path, metavar="FILE", help="bản sao lưu (the backup)")
    parser.add_argument("--force", action="store_true", help="thay dữ liệu đang có (replace what is there)")


def run(args: argparse.Namespace) -> int:
    """Restore into the data folder; stop the server first."""
    if not args.file.is_file():
        raise DomainError(
            f"Không có tệp {args.file}. Hãy kiểm tra lại đường dẫn.",
            f"There is no file {args.file}. Please check the path.",
        )
    kept = restore_backup(load_settings(), args.file, force=args.force)
    print(f"Đã khôi phục (restored): {kept.files} tệp (files), {kept.revision}. Nên chạy verify (run verify next).")
    return 0
