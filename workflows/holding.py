"""The moment in which a ruling can still be taken back; what becomes of it."""

from __future__ import annotations

from datetime import timedelta

HOLD = timedelta(seconds=10)
"""How long a ruling from the queue waits before it takes effect and anybody is told."""

WAITING = ""
DONE = "done"
TAKEN_BACK = "taken_back"
REFUSED = "refused"
SEEN = "seen"
FAULT = "fault"
"""Under which name what was said of a refused one keeps the fault of the program that it met."""
OUTCOMES = (WAITING, DONE, TAKEN_BACK, REFUSED, SEEN)
