"""Role `backup`: the database and all files of an installation in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.services.backups import write_backup
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to write."""
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp .zip sẽ được tạo (the file to make)")


def run(args: argparse.Namespace) -> int:
    """Write the backup; others may go on working."""
    kept = write_backup(load_settings(), args.file)
    size = f"{kept.size:,}".replace(",", ".")
    print(
        f"Đã sao lưu (written): {args.file}, {kept.files} tệp (files), {size} byte, "
        f"phiên bản dữ liệu (schema) {kept.revision}"
    )
    return 0
