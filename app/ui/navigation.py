"""The places of the product: which stand in the rail and on the phone's bar, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.ui.speech import in_english

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

RULING = frozenset({"chair", "deputy"})
UNIT = frozenset({"lead_head", "lead_staff", "coordinator"})
DESK = frozenset({"secretary"})
COMMITTEE = frozenset({"chair", "deputy", "secretary", "member"})
SETUP = frozenset({"admin", "secretary"})
EVERYBODY: frozenset[str] = frozenset()


class Place(NamedTuple):
    """A place one can go to; no roles means that everybody may."""

    endpoint: str
    icon: str
    label: Any
    roles: frozenset[str] = EVERYBODY
    letter: str = ""


class Link(NamedTuple):
    """A place as this person sees it."""

    href: str
    icon: str
    label: str
    current: bool
    letter: str


PLACES = (
    Place("home.chair", "gavel", _l("Chờ quyết định"), RULING),
    Place("home.secretary", "clipboard-list", _l("Bàn thư ký"), DESK),
    Place("home.unit", "inbox", _l("Việc của đơn vị"), UNIT),
    Place("tasks.list", "checklist", lazy_pgettext("many", "Nhiệm vụ")),
    Place("meetings.list", "users-group", _l("Cuộc họp")),
    Place("notices.list", "file-text", _l("Thông báo kết luận")),
    Place("proposals.list", "file-export", _l("Tờ trình")),
    Place("reports.list", "chart-bar", _l("Báo cáo tháng"), COMMITTEE),
    Place("told.list", "mail", _l("Ai đã được báo"), DESK),
    Place("setup.index", "settings", _l("Thiết lập"), SETUP),
)

ACTS = (
    Place("meetings.new", "calendar-plus", _l("Cuộc họp mới"), DESK),
    Place("notices.new", "file-plus", _l("Thông báo kết luận mới"), DESK),
    Place("directives.new", "plus", _l("Giao việc theo văn bản chỉ đạo"), DESK),
    Place("trackers.list", "upload", _l("Nhập sổ theo dõi từ Excel"), DESK),
    Place("proposals.new", "file-export", _l("Lập tờ trình mới"), UNIT),
    Place("agenda_proposals.list", "list-details", _l("Đề xuất nội dung họp"), UNIT),
    Place("account.show", "user", _l("Tài khoản của tôi")),
    Place("home.notifications", "bell", _l("Thông báo gửi cho tôi")),
    Place("search.everywhere", "search", _l("Tìm kiếm ở mọi nơi")),
)
"""What one can begin from anywhere: found by Ctrl-K, beside the places."""


def entries(person_roles: Iterable[str], places: Iterable[Place] = PLACES) -> list[Place]:
    """Return the places open to a person with these roles (names of `workflows.roles`, any case, and "admin")."""
    held = {str(role).lower() for role in person_roles}
    return [place for place in places if (not place.roles or place.roles & held) and is_known(place.endpoint)]


def links(person_roles: Iterable[str], current_endpoint: str | None) -> list[Link]:
    """Return the same as links; the place whose area (or home) one is in is the current one.

    Made once for each kind of person, page and language.
    """
    kept: dict[Any, list[Link]] = current_app.extensions.setdefault("dondoc_links", {})
    key = frozenset(person_roles), current_endpoint, in_english()
    if key not in kept:
        found = entries(key[0])
        here = _current(found, current_endpoint or "")
        kept[key] = [
            Link(url_for(place.endpoint), place.icon, str(place.label), place.endpoint == here, place.letter)
            for place in found
        ]
    return kept[key]


def acts(person_roles: Iterable[str]) -> list[Link]:
    """Return what a person with these roles can begin from anywhere; made once for each kind of person and language."""
    kept: dict[Any, list[Link]] = current_app.extensions.setdefault("dondoc_acts", {})
    key = frozenset(person_roles), in_english()
    if key not in kept:
        kept[key] = [
            Link(url_for(place.endpoint), place.icon, str(place.label), current=False, letter=place.letter)
            for place in entries(key[0], ACTS)
        ]
    return kept[key]


def _current(places: Collection[Place], endpoint: str) -> str:
    exact = [place.endpoint for place in places if place.endpoint == endpoint]
    area = endpoint.partition(".")[0]
    near = [place.endpoint for place in places if place.endpoint.partition(".")[0] == area and area != "home"]
    return next(iter(exact + near), "")


def is_known(endpoint: str) -> bool:
    """Whether the running app has this endpoint."""
    return endpoint in current_app.view_functions


def url_if_known(endpoint: str, **values: Any) -> str | None:  # noqa: ANN401 -- url_for takes anything
    """Return the address of an endpoint, None where this app does not have it."""
    return url_for(endpoint, **values) if is_known(endpoint) else None
