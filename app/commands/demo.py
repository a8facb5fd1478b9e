"""Fill an empty database with the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import installation, migrations_runner
from app.demo import seed_demo
from config import load_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Take no options: the data folder and the database come from the environment."""


def run(_args: Namespace) -> int:
    """Migrate the database, load the demo and print its log-ins."""
    settings = load_settings()
    migrations_runner.upgrade(settings)
    logins = seed_demo(settings)
    installation.remember_demo(settings, [installation.DemoLogin(*login) for login in logins])
    for login in logins:
        print(f"{login.role}: {login.name} — {login.login} / {login.password}")
    return 0
