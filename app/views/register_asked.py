"""What an address asks of the register: filters, sort, page and columns, its own or those of a saved view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import request
from flask_login import current_user

from app.clock import today
from app.errors import NotFoundError
from app.forms.tasks import read_columns, read_filter, read_page, read_sort
from app.services.saved_views import view_seen_by
from app.ui.register_columns import USUAL, columns_named, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import SavedView
    from app.queries.task_list import TaskFilter
    from app.ui.register_columns import Column

MAX_DIGITS = 10


class Asked(NamedTuple):
    """The list that an address asks for. `chosen`: whether the address itself names columns, not only the person."""

    wanted: TaskFilter
    sort: str
    page: int
    columns: Sequence[Column]
    chosen: bool
    view: SavedView | None

    def args(self) -> dict[str, Any]:
        """Return the arguments that give this list without its view: to change one of them."""
        found = self.wanted.args() | {"sort": self.sort}
        return found | {"columns": names_of(self.columns)} if self.chosen or self.view else found

    def page_args(self) -> dict[str, Any]:
        """Return the shortest arguments of this very list, for its other pages."""
        return {"view": self.view.id} if self.view and not request.args.get("sort") else self.args()

    def file_args(self) -> dict[str, Any]:
        """Return the arguments that give this list with its columns to anybody."""
        return self.args() | {"columns": names_of(self.columns)}


def read_asked() -> Asked:
    """Return what this request asks of the register.

    :raises NotFoundError: it names a view that is gone, or somebody else's.
    """
    args, view = request.args, _view_of(request.args.get("view", ""))
    filters: Any = view.filters if view else args
    names = read_columns(args)
    kept = view.columns if view else current_user.person.register_columns
    sort = read_sort(args if "sort" in args or not view else {"sort": view.sort})
    columns = columns_named(names or kept or USUAL)
    return Asked(read_filter(filters, today()), sort, read_page(args), columns, bool(names), view)


def _view_of(text: str) -> SavedView | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) >= MAX_DIGITS:
        raise NotFoundError
    return view_seen_by(int(text), current_user.standing)
