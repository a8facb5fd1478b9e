"""Set-up: the authority, its units, people, committees, calendar, periods and numbers, without touching a file."""

from __future__ import annotations

import app.views.setup.calendar
import app.views.setup.committees
import app.views.setup.first
import app.views.setup.groups
import app.views.setup.importing
import app.views.setup.index
import app.views.setup.numbering
import app.views.setup.people
import app.views.setup.periods
import app.views.setup.planned_changes
import app.views.setup.templates
import app.views.setup.unit_changes
import app.views.setup.unit_renaming
import app.views.setup.units
from app.views.setup.area import setup

__all__ = ["app", "setup"]
