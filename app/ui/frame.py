"""The frame around a page, drawn once for each person and kept: it is the same from page to page."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from app.ui.shell import Shell

MOST = 512
"""So many drawn pieces are kept in a process, the newest."""
_HERE, _TOKEN = "zz-the-address-of-this-page-zz", "zz-the-token-of-this-page-zz"


def frame_piece(part: str, shell: Shell) -> Markup:
    """Return a piece of the frame: a template of `layout/` that says nothing but what the shell says.

    Only the page's own address and its token are new each time; they are put in their places in the kept piece.
    """
    kept: OrderedDict[Any, str] = current_app.extensions.setdefault("dondoc_frames", OrderedDict())
    key = (
        part, shell.theme, shell.language, shell.folded, shell.shortcuts, shell.demo, shell.authority, shell.committee,
        shell.person, shell.office, shell.unread, *shell.links, *shell.acts,
    )  # fmt: skip
    drawn = kept.get(key)
    if drawn is None:
        drawn = kept[key] = _draw(part, shell)
        while len(kept) > MOST:
            kept.popitem(last=False)
    if _TOKEN in drawn:
        drawn = drawn.replace(_TOKEN, generate_csrf()).replace(_HERE, str(escape(shell.here)))
    return Markup(drawn)  # noqa: S704 -- a template's own output, and what is put in is escaped


def _draw(part: str, shell: Shell) -> str:
    template = current_app.jinja_env.get_template(f"layout/{part}.html")
    return template.render(shell=replace(shell, here=_HERE), csrf_token=lambda: _TOKEN)
