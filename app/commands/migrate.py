"""Role `migrate`: bring the database to the newest shape; several nodes may call it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import migrations_runner
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: the database comes from the environment (DATABASE_URL, DONDOC_VAR)."""


def run(args: argparse.Namespace) -> int:
    """Migrate, and say from which shape to which."""
    settings = load_settings()
    before, newest = migrations_runner.current(settings.database_url), migrations_runner.newest()
    if before == newest:
        print(f"Cơ sở dữ liệu đã ở phiên bản mới nhất (already at the newest version): {newest}")
        return 0
    migrations_runner.upgrade(settings)
    print(f"Đã cập nhật cơ sở dữ liệu (migrated): {before or 'trống (empty)'} → {newest}")
    return 0
