"""Ways of looking at the register, kept under a name: one's own, or shared by a committee's chair or secretary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import now
from app.db import session
from app.errors import DomainError, NotFoundError
from app.models import Person, SavedView
from app.queries.saved_views import views_seen_by
from app.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.queries.standing import Standing

MAX_NAME = 80
MAX_VIEWS = 60


def may_share_with(standing: Standing) -> frozenset[int]:
    """Return the committees with which this person may share views: those it chairs or keeps the papers of."""
    return standing.chair_of | standing.secretary_of


def may_change(view: SavedView, standing: Standing) -> bool:
    """Tell whether this person may rename or delete a view: its own, or of a committee it may share with."""
    return view.person_id == standing.person_id or view.committee_id in may_share_with(standing)


def view_seen_by(view_id: int, standing: Standing) -> SavedView:
    """Return a view this person may open.

    :raises NotFoundError: it is not there, or somebody else's own.
    """
    view = session.get(SavedView, view_id)
    ours = view is not None and view.authority_id == standing.authority_id
    if (
        view is None
        or not ours
        or (view.person_id != standing.person_id and view.committee_id not in standing.committees)
    ):
        raise NotFoundError
    return view


def save_view(  # noqa: PLR0913 -- what is kept, under which name, for whom
    name: str,
    filters: Mapping[str, Any],
    sort: str,
    *,
    columns: Sequence[str],
    committee_id: int | None,
    standing: Standing,
) -> SavedView:
    """Keep a way of looking; one of the same name and for the same readers is replaced.

    :raises DomainError: no name, or this person may not share with this committee, or too many views.
    """
    name = _checked(name)
    if committee_id is not None and committee_id not in may_share_with(standing):
        raise DomainError(
            "Chỉ Trưởng ban hoặc thư ký của ban chia sẻ khung nhìn cho cả ban. Hãy lưu cho riêng bạn.",
            "Only the committee's chair or secretary shares a view with it. Save it for yourself.",
            field="share",
        )
    seen = views_seen_by(standing)
    same = (one for one in seen if one.committee_id == committee_id and fold(one.name) == fold(name))
    view = next((one for one in same if may_change(one, standing)), None)
    if view is None:
        if sum(one.person_id == standing.person_id for one in seen) >= MAX_VIEWS:
            raise DomainError(
                f"Bạn đã có {MAX_VIEWS} khung nhìn. Hãy xóa bớt những cái không dùng.",
                f"You have {MAX_VIEWS} views. Delete those you do not use.",
                field="name",
            )
        view = SavedView(
            authority_id=standing.authority_id, person_id=standing.person_id, committee_id=committee_id, made_at=now()
        )
        session.add(view)
    view.name, view.filters, view.sort, view.columns = name, dict(filters), sort, [*columns]
    session.flush()
    return view


def rename_view(view_id: int, name: str, standing: Standing) -> SavedView:
    """Give a view another name.

    :raises NotFoundError: not this person's to change.
    :raises DomainError: no name.
    """
    view = _changeable(view_id, standing)
    view.name = _checked(name)
    return view


def delete_view(view_id: int, standing: Standing) -> str:
    """Delete a view for all its readers, and return the name it had.

    :raises NotFoundError: not this person's to change.
    """
    view = _changeable(view_id, standing)
    session.delete(view)
    return view.name


def open_with(person_id: int, view: SavedView | None) -> None:
    """Let the register open with a view for this person; None: with the open tasks, as for everybody."""
    session.get_one(Person, person_id).register_view_id = view.id if view else None


def remember_columns(person_id: int, names: Sequence[str]) -> None:
    """Keep the columns this person chose last; none: the usual ones."""
    session.get_one(Person, person_id).register_columns = [*names] or None


def _changeable(view_id: int, standing: Standing) -> SavedView:
    view = view_seen_by(view_id, standing)
    if not may_change(view, standing):
        raise NotFoundError
    return view


def _checked(name: str) -> str:
    name = " ".join(nfc(name).split())[:MAX_NAME]
    if not name:
        raise DomainError(
            "Hãy đặt tên cho khung nhìn, ví dụ «Quá hạn của khối văn hóa».",
            "Give the view a name, such as “Overdue in culture”.",
            field="name",
        )
    return name
