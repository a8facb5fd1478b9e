"""The page behind a signed link: opening it changes nothing, so that scanners of mail do no harm; sending acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request

from app.db import transaction
from app.errors import NotFoundError
from app.services import signed_links as service
from app.views.guard import public

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from app.models import SignedLink

    Opener = Callable[[SignedLink], ResponseReturnValue]

links = Blueprint("links", __name__)
OPENERS: dict[str, Opener] = {}
"""What shows a link's page and does what it sends, by purpose."""


def opens(*purposes: str) -> Callable[[Opener], Opener]:
    """Register what answers for links of these purposes, GET and POST."""

    def register(opener: Opener) -> Opener:
        for purpose in purposes:
            OPENERS[purpose] = opener
        return opener

    return register


@links.route("/links/<token>", methods=["GET", "POST"])
@public
def follow(token: str) -> ResponseReturnValue:
    """Hand a live link to its page; wrong tokens are counted by address, acts by link."""
    address = request.remote_addr or ""
    service.check_pace(address)
    try:
        link = service.find_link(token)
    except NotFoundError:
        if request.method == "POST":
            with transaction():
                service.note_wrong(address)
        raise
    if request.method == "POST":
        with transaction():
            service.note_act(link)
    return OPENERS[link.purpose](link)
