"""What this copy of the product was set up as, kept in its data folder: real, or a demo with open log-ins."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from config import Settings


class DemoLogin(NamedTuple):
    """A person of the demo whom anybody may log in as."""

    name: str
    login: str
    password: str
    role: str


def remember_demo(settings: Settings, logins: Sequence[DemoLogin]) -> None:
    """Keep the demo's log-ins for later starts."""
    _demo_file(settings).write_text(json.dumps([list(each) for each in logins], ensure_ascii=False), "utf-8")


def demo_logins(settings: Settings) -> list[DemoLogin]:
    """Return the demo's log-ins; none where the installation is a real one."""
    try:
        return [DemoLogin(*each) for each in json.loads(_demo_file(settings).read_text("utf-8"))]
    except FileNotFoundError:
        return []


def unfinished_file(settings: Settings) -> Path:
    """Return the file that is there while the first set-up of the database is under way."""
    return settings.var_dir / "first-run.unfinished"


def _demo_file(settings: Settings) -> Path:
    return settings.var_dir / "demo.json"
