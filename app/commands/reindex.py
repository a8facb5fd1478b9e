"""Role `reindex`: write anew the words by which things are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.web import require_newest
from app.db import transaction
from app.factory import create_app
from app.services.search_index import rebuild_entries
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: everything is indexed."""


def run(args: argparse.Namespace) -> int:
    """Write all entries anew in one transaction; print how many there are."""
    settings = load_settings()
    require_newest(settings)
    with create_app(settings).app_context(), transaction():
        count = rebuild_entries()
    print(f"Đã lập lại chỉ mục tìm kiếm của {count} mục. (Indexed {count} things.)")
    return 0
