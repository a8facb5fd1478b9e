"""What surrounds every page, and the choices of language, theme and rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, redirect, request
from flask import session as cookie
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.db import session, transaction
from app.models import Person
from app.ui.navigation import acts, links
from app.ui.shell import LANGUAGES, THEMES, Shell
from app.views.guard import public
from app.views.locale import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

    from app.queries.standing import Standing

preferences = Blueprint("preferences", __name__)

YEAR = 365 * 24 * 3600
JUST_NOW = "chosen"
"""Where the session keeps what somebody chose before logging in: it wins over what was stored, and is stored."""
_SEATS = (
    ("chair_of", _l("Trưởng ban")),
    ("deputy_of", _l("Phó Trưởng ban")),
    ("secretary_of", _l("Thư ký")),
    ("head_of", _l("Lãnh đạo đơn vị")),
    ("staff_of", _l("Chuyên viên")),
    ("member_of", _l("Ủy viên")),
)


def init_app(app: Flask) -> None:
    """Give every template its shell."""
    app.context_processor(lambda: {"shell": shell()})


def shell() -> Shell:
    """Return the frame of this request's page."""
    settings = current_app.config["SETTINGS"]
    frame = {
        "theme": request.cookies.get("theme", "auto"),
        "language": current_language(),
        "folded": request.cookies.get("rail") == "folded",
        "demo": settings.demo,
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
        "pane": request.headers.get("HX-Target") == "pane",
    }
    if not current_user.is_authenticated:
        return Shell(**frame)
    person: Person = current_user.person
    standing: Standing = current_user.standing
    roles = role_names(standing)
    frame["theme"] = person.theme if person.theme in THEMES else "auto"
    return Shell(
        **frame,
        shortcuts=person.shortcuts,
        authority=current_user.authority,
        person=person.full_name,
        office=next((str(words) for seat, words in _SEATS if getattr(standing, seat)), ""),
        unread=current_user.unread,
        links=links(roles, request.endpoint),
        acts=acts(roles),
    )


def role_names(standing: Standing) -> set[str]:
    """Return what the navigation asks for: the kinds of office a person holds anywhere."""
    names = {
        "chair": standing.chair_of,
        "deputy": standing.deputy_of or standing.mandates,
        "secretary": standing.secretary_of,
        "member": standing.member_of,
        "lead_head": standing.head_of,
        "lead_staff": standing.staff_of,
        "admin": standing.is_admin,
    }
    return {name for name, held in names.items() if held}


@preferences.post("/preferences")
@public
def save() -> ResponseReturnValue:
    """Keep a choice of language, theme, rail or shortcuts, in the cookie and for who is logged in."""
    target = request.form.get("next", "/")
    local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    response: Response = redirect(target if local else "/", 303)
    chosen = {
        name: value
        for name, allowed in (
            ("language", LANGUAGES), ("theme", THEMES), ("rail", ("open", "folded")), ("shortcuts", ("on", "off"))
        )
        if (value := request.form.get(name, "")) in allowed
    }  # fmt: skip
    for name, value in chosen.items():
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=name != "rail")
    if current_user.is_authenticated and chosen.keys() - {"rail"}:
        with transaction():
            keep_choices(session.get_one(Person, current_user.person.id), chosen)
    elif not current_user.is_authenticated:
        cookie[JUST_NOW] = {**cookie.get(JUST_NOW, {}), **chosen}
    return response


def keep_choices(person: Person, chosen: Mapping[str, str]) -> None:
    """Store what a person chose as the person's own."""
    person.language = chosen.get("language", person.language)
    person.theme = chosen.get("theme", person.theme)
    if "shortcuts" in chosen:
        person.shortcuts = chosen["shortcuts"] == "on"
