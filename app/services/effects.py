"""All handlers of effects, registered by being imported."""

from __future__ import annotations

from app.services import (
    effects_agenda,
    effects_meeting,
    effects_minutes,
    effects_notice,
    effects_paper,
    effects_proposal,
    effects_report,
    effects_shared,
    effects_task,
    effects_team,
    effects_tell,
)
from app.services.moves import HANDLERS

__all__ = [
    "HANDLERS",
    "effects_agenda",
    "effects_meeting",
    "effects_minutes",
    "effects_notice",
    "effects_paper",
    "effects_proposal",
    "effects_report",
    "effects_shared",
    "effects_task",
    "effects_team",
    "effects_tell",
]
