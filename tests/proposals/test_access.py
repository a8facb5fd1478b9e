"""Who may see, write and rule on a proposal; two at the same text; a ruling given on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session, transaction
from app.models import Committee
from tests.access.world import make_world
from tests.factories import add_person, browser, hold_office, post, take
from tests.proposals.steps import TEXT, TITLE, kept, move, page, places, plan_meeting, submitted, write
from workflows.proposal import APPROVED

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def test_nobody_rules_on_his_own_unit_and_the_next_in_order_steps_in(
    app: Flask, house: House, head: FlaskClient, chair: FlaskClient
) -> None:
    with app.app_context(), transaction():
        for name in ("chair", "deputy"):
            hold_office(session.merge(house.people[name]), session.merge(house.units["vhxh"]), "staff")
    proposal_id = submitted(house, head)
    own = browser(app, house.people["chair"])
    refused = take(own, "proposal", proposal_id, "approve")
    assert refused.status_code == 403
    assert "/approve" not in page(own, proposal_id)
    stand_in = browser(app, house.people["secretary"])  # of another unit
    move(stand_in, proposal_id, "approve")
    assert kept(app, proposal_id).state == APPROVED


def test_a_text_saved_by_another_meanwhile_is_given_back_and_can_be_saved_knowingly(
    app: Flask, house: House, head: FlaskClient
) -> None:
    proposal_id = write(head, house)
    seen = str(kept(app, proposal_id).version)
    staff = browser(app, house.people["staff_vhxh"])
    url = f"/proposals/{proposal_id}/edit"
    assert (
        post(staff, url, {**TEXT, **places(house), "content": "Bản của chuyên viên", "version": seen}).status_code
        == 303
    )
    clash = post(head, url, {**TEXT, **places(house), "content": "Bản của trưởng phòng", "version": seen})
    assert clash.status_code == 409
    shown = clash.get_data(as_text=True)
    assert "Bản của trưởng phòng" in shown
    assert "Đấu thầu, bàn giao" in shown
    assert kept(app, proposal_id).content == "Bản của chuyên viên"
    fresh = str(kept(app, proposal_id).version)
    assert f'name="version" value="{fresh}"' in shown
    again = post(head, url, {**TEXT, **places(house), "content": "Bản của trưởng phòng", "version": fresh})
    assert again.status_code == 303
    assert kept(app, proposal_id).content == "Bản của trưởng phòng"


def test_what_lies_with_the_committee_is_not_edited(app: Flask, house: House, head: FlaskClient) -> None:
    proposal_id = submitted(house, head)
    url = f"/proposals/{proposal_id}/edit"
    assert head.get(url).status_code == 303
    refused = post(
        head, url, {**TEXT, **places(house), "content": "Sửa lén", "version": str(kept(app, proposal_id).version)}
    )
    assert refused.status_code == 422
    assert "Sửa lén" in refused.get_data(as_text=True)
    assert kept(app, proposal_id).content == TEXT["content"]


def test_strangers_see_nothing_and_the_invited_read(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    other = browser(app, house.people["head_kt"])
    assert other.get(f"/proposals/{proposal_id}").status_code == 404
    assert TITLE not in other.get("/proposals/").get_data(as_text=True)
    assert secretary.get(f"/proposals/{proposal_id}/edit").status_code == 403
    meeting_id = plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    invited = {"person_id": str(house.people["head_kt"].id), "name": "", "title": ""}
    assert post(secretary, f"/meetings/{meeting_id}/invitees", invited).status_code == 303
    assert TITLE in page(other, proposal_id)
    assert take(other, "proposal", proposal_id, "approve").status_code == 403


def test_a_unit_of_another_authority_finds_nothing_there(app: Flask, clock: time_machine.Traveller) -> None:
    world = make_world(app)
    house = world.house
    head = browser(app, house.people["head_vhxh"])
    proposal_id = submitted(house, head)
    far = world.people["other authority's secretary"]
    assert far
    stranger = browser(app, far)
    for address in ("", "/edit", "/paper.pdf", "/submissions/1/paper.docx"):
        assert stranger.get(f"/proposals/{proposal_id}{address}").status_code == 404
    assert take(stranger, "proposal", proposal_id, "approve").status_code == 404
    with app.app_context(), transaction():
        person = add_person(far.authority_id, "far_unit", "Lý Thị Xa")
        committee_id = session.scalars(select(Committee.id).where(Committee.authority_id == far.authority_id)).one()
    assert browser(app, person).get("/proposals/new").status_code == 403  # in office nowhere
    assert committee_id != house.committee.id
    forged = post(
        head, "/proposals/new", {**TEXT, "committee_id": str(committee_id), "unit_id": str(house.units["vhxh"].id)}
    )
    assert forged.status_code == 422


def test_the_secretary_records_what_the_chair_ruled_on_paper(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    asked = secretary.get(f"/proposals/{proposal_id}?recording=1").get_data(as_text=True)
    assert f'name="recorded_for" value="{house.people["chair"].id}"' in asked
    chair_id = str(house.people["chair"].id)
    move(secretary, proposal_id, "approve", {"recorded_for": chair_id, "basis": "Bút phê ngày 23/11/2026"})
    ruled = kept(app, proposal_id)
    assert (ruled.state, ruled.ruled_by_id) == (APPROVED, house.people["chair"].id)
