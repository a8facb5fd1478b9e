"""Role `verify`: check that nothing was changed, cut or lost behind the product's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.web import require_newest
from app.factory import create_app
from app.services.verification import CHECKS
from config import load_settings

if TYPE_CHECKING:
    import argparse

SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: everything is checked."""


def run(args: argparse.Namespace) -> int:
    """Print what each check found; 1 when something is wrong."""
    settings, wrong = load_settings(), 0
    require_newest(settings)
    with create_app(settings).app_context():
        for name, check in CHECKS:
            found = list(check())
            print(f"{'✗' if found else '✓'} {name}: {len(found) or 'đúng (in order)'}")
            for line in found[:SHOWN]:
                print(f"    {line}")
            wrong += len(found)
    return 1 if wrong else 0
