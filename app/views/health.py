"""Whether this node answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify
from sqlalchemy import text

from app.db import session
from app.views.guard import public

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Answer ok when the database does."""
    session.execute(text("SELECT 1"))
    return jsonify(status="ok")
