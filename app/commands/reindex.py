"""Role `reindex`: write anew the words by which things are found, and the counts that lists are told from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.web import require_newest
from app.db import session, transaction
from app.factory import create_app
from app.services.kept_counts import recount
from app.services.kept_months import forget_months
from app.services.search_index import rebuild_entries
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: everything is indexed."""


def run(args: argparse.Namespace) -> int:
    """Write all entries and counts anew in one transaction; print how many there are."""
    settings = load_settings()
    require_newest(settings)
    with create_app(settings).app_context(), transaction():
        count, kept = rebuild_entries(), recount(session.connection())
        forget_months()
    print(f"Đã lập lại chỉ mục tìm kiếm của {count} mục. (Indexed {count} things.)")
    print(f"Đã đếm lại nhiệm vụ: {kept} số đếm. (Counted tasks anew: {kept} counts.)")
    return 0
