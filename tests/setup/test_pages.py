"""Every set-up page opens for who may set up, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.factories import browser, found_authority

if TYPE_CHECKING:
    from flask import Flask

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ADMIN_PAGES = (
    "/setup/", "/setup/authority", "/setup/units", "/setup/units/new", "/setup/units/import", "/setup/groups",
    "/setup/groups/new", "/setup/people", "/setup/people?show=uninvited", "/setup/people?show=left&q=lan",
    "/setup/people/new", "/setup/people/import", "/setup/committees", "/setup/committees/new", "/setup/calendar",
    "/setup/calendar?year=2027", "/account/",
)  # fmt: skip


@ON_SQLITE
def test_pages_open_for_the_administrator_with_one_heading_and_labelled_fields(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    one = house.committee.id
    own = (
        f"/setup/units/{house.units['vp'].id}",
        *(f"/setup/units/change/{act}?unit={house.units['vp'].id}" for act in ("merge", "split", "rename", "abolish")),
        "/setup/unit-changes",
        "/absences/",
        f"/setup/groups/{house.group.id if house.group else 0}",
        f"/setup/people/{house.people['head_kt'].id}",
        f"/setup/committees/{one}",
        f"/setup/committees/{one}/edit",
        f"/setup/committees/{one}/periods",
        f"/setup/committees/{one}/numbers",
        f"/setup/committees/{one}/portfolios/{house.people['deputy'].id}",
    )
    for path in (*ADMIN_PAGES, *own):
        response = admin.get(path)
        assert response.status_code == 200, path
        page = html.fromstring(response.text)
        assert len(page.findall(".//h1")) == 1, path
        assert unlabelled(page) == [], path


def unlabelled(page: html.HtmlElement) -> list[str]:
    """Return the names of the fields of a page that no label names."""
    fields = page.xpath("//input[not(@type='hidden') and not(@hidden)] | //select | //textarea")
    labelled = {label.get("for") for label in page.iter("label")}
    return [
        str(field.get("name"))
        for field in fields
        if field.get("id") not in labelled and not field.get("aria-label") and not field.xpath("ancestor::label")
    ]


@ON_SQLITE
def test_chair_unit_and_secretary_stay_out_of_what_the_administrator_sets_up(app: Flask) -> None:
    house = found_authority(app)
    for who in ("chair", "head_kt", "secretary"):
        visitor = browser(app, house.people[who])
        assert visitor.get("/setup/units").status_code == 403
        assert visitor.get("/setup/people").status_code == 403
        assert visitor.get("/setup/").status_code == (200 if who == "secretary" else 403)


@ON_SQLITE
def test_secretary_sets_periods_and_numbers_of_her_own_committee_only(app: Flask) -> None:
    house = found_authority(app)
    one = house.committee.id
    secretary, member = browser(app, house.people["secretary"]), browser(app, house.people["member"])
    for page in ("periods", "numbers"):
        assert secretary.get(f"/setup/committees/{one}/{page}").status_code == 200
        assert member.get(f"/setup/committees/{one}/{page}").status_code == 404
        assert secretary.get(f"/setup/committees/{one + 1}/{page}").status_code == 404


@ON_SQLITE
def test_administrator_sees_nothing_of_the_committees_business(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    assert admin.get(f"/committees/{house.committee.id}").status_code == 404
    assert admin.get(f"/committees/{house.committee.id}/delegations/new").status_code == 404
