"""How notices stand to each other, in the words of the register: what supplements or replaces what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.speech import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.models import Notice


def relations_of(notice: Notice, followed: Iterable[Notice], *, dated: bool = False) -> list[str]:
    """Return what a notice supplements or replaces, and by which later ones it is.

    :param followed: the later notices that name this one.
    :param dated: with each paper's day, as a register on paper names it.
    """
    said = []
    if notice.supersedes:
        said.append(_("thay thế %(symbol)s", symbol=_named(notice.supersedes, dated=dated)))
    elif notice.supplements:
        said.append(_("bổ sung %(symbol)s", symbol=_named(notice.supplements, dated=dated)))
    for later in followed:
        symbol = _named(later, dated=dated)
        replaced = later.supersedes_id == notice.id
        said.append(
            _("được thay thế bằng %(symbol)s", symbol=symbol)
            if replaced
            else _("được bổ sung bằng %(symbol)s", symbol=symbol)
        )
    return said


def _named(notice: Notice, *, dated: bool) -> str:
    symbol = notice.symbol or ""
    if not dated or notice.issued_on is None:
        return symbol
    return _("%(symbol)s ngày %(day)s", symbol=symbol, day=f"{notice.issued_on:%d/%m/%Y}")
