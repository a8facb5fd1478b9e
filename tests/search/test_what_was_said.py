"""Search finds what was said about tasks, people, proposed items and directing documents, for whom they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine

from app.clock import now
from app.db import session, transaction
from app.models import AgendaProposal, Comment, Directive, Person, Progress, SearchEntry, Task
from app.queries import search
from app.services.search_index import entries_amiss, rebuild_entries
from tests.access.world import ROLES, make_world
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.home.statements import BAR, counting
from tests.search.test_everywhere import client_of, found, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.access.world import World

SAID = ("progress", "comment", "agenda", "directive")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield


@pytest.fixture(params=[search.FEW, 0], ids=["few hits", "many hits"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search name its hits one by one, or find them too many for that."""
    monkeypatch.setattr(search, "FEW", request.param)


def world_of(app: Flask) -> World:
    """Return one of everything; a line of progress, a comment, a proposed item and a document hold the same words."""
    world = make_world(app)
    with app.app_context(), transaction():
        task = session.get_one(Task, world.items["task"])
        session.query(Progress).filter_by(task_id=task.id).one().note = "Đã lắp cáp quang ở tổ 5"
        session.query(Comment).filter_by(task_id=task.id).one().text = "Tổ 5 chưa có <cáp quang>"
        session.get_one(AgendaProposal, world.items["agenda_proposal"]).title = "Kinh phí kéo cáp quang"
        paper = Directive(
            authority_id=task.authority_id, committee_id=task.committee_id, symbol="77/CV-STTTT",
            issued_on=date(2026, 11, 2), issuer="Sở Thông tin và Truyền thông", subject="Về kéo cáp quang đến thôn",
            made_at=now(),
        )  # fmt: skip
        session.add(paper)
        session.flush()
        world.items["directive"] = paper.id
    return world


@pytest.mark.usefixtures("either_way")
def test_what_was_said_is_found_marked_and_leads_to_its_place(app: Flask) -> None:
    world = world_of(app)
    desk = client_of(app, world, "secretary")
    assert found(desk, "cap quang") == dict.fromkeys(SAID, 1)
    page = page_of(desk, "cap quang")
    comment = page.partition('id="found-comment"')[2]
    assert "Tổ 5 chưa có &lt;<mark>cáp</mark> <mark>quang</mark>&gt;" in comment
    assert "Đã lắp <mark>cáp</mark> <mark>quang</mark> ở tổ 5" in page
    assert "Kinh phí kéo <mark>cáp</mark> <mark>quang</mark>" in page
    task = world.items["task"]
    assert f'href="/tasks/{task}#comment-' in page
    assert f'href="/agenda-proposals/{world.items["agenda_proposal"]}"' in page
    assert found(desk, "77/cv-stttt") == {"directive": 1}
    assert found(desk, "cap quang", "comment") == {"comment": 1}


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("chair", set(SAID)),
        ("unit's head", {"progress", "comment", "agenda"}),
        *((role, set[str]()) for role in ("administrator", *ROLES[-3:])),
    ],
)
def test_only_who_may_open_it_finds_it(app: Flask, role: str, expected: set[str]) -> None:
    client = client_of(app, world_of(app), role)
    assert set(found(client, "cap quang")) == expected
    assert bool(client.get("/search/suggest?q=cap+quang").get_json()) == bool(expected)
    for kind in SAID:
        assert bool(found(client, "cap quang", kind)) == (kind in expected)


def test_a_document_is_found_by_who_has_a_task_from_it_and_leads_to_its_tasks(app: Flask) -> None:
    world = world_of(app)
    with app.app_context(), transaction():
        session.get_one(Task, world.items["task"]).directive_id = world.items["directive"]
    head = client_of(app, world, "unit's head")
    assert found(head, "77/CV-STTTT") == {"directive": 1}
    address = f"/tasks/?status=all&amp;directive={world.items['directive']}"
    assert address in page_of(head, "77/CV-STTTT")
    assign_task(app, world.house, lead="vhxh", due=date(2026, 12, 30), title="Việc khác")
    listed = head.get(address.replace("&amp;", "&")).get_data(as_text=True)
    assert "Việc khác" not in listed
    assert "máy tính bảng" in listed
    assert "77/CV-STTTT" in listed
    far = client_of(app, world, "other authority's secretary")
    assert "77/CV-STTTT" not in far.get(address.replace("&amp;", "&")).get_data(as_text=True)


@pytest.mark.usefixtures("either_way")
def test_people_of_the_own_authority_lead_to_their_tasks(app: Flask) -> None:
    world = world_of(app)
    someone = world.house.people["staff_vhxh"]
    for role in ("secretary", "other unit's head"):
        client = client_of(app, world, role)
        assert found(client, "trinh gia") == {"person": 1}
        page = page_of(client, "trinh gia")
        assert "<mark>Trịnh</mark> <mark>Gia</mark> Huy" in page
        assert f"owner={someone.id}" in page
        assert "Phòng Văn hóa - Xã hội" in page
        assert client.get(f"/tasks/?owner={someone.id}&status=all").status_code == 200
    assert found(client_of(app, world, "other authority's secretary"), "trinh gia") == {}
    with app.app_context(), transaction():
        session.get_one(Person, someone.id).active = False
    assert found(client_of(app, world, "secretary"), "trinh gia") == {}


def test_a_person_is_not_found_by_address_or_login(app: Flask) -> None:
    world = make_world(app)
    with app.app_context(), transaction():
        session.get_one(Person, world.house.people["staff_vhxh"].id).email = "hopthu.rieng@binhminh.example"
    desk = client_of(app, world, "secretary")
    assert found(desk, "hopthu.rieng") == {}
    assert found(desk, "staff_vhxh") == {}


@pytest.mark.usefixtures("either_way")
def test_tones_first_among_lines_of_progress(app: Flask) -> None:
    house = found_authority(app)
    task = assign_task(app, house, lead="vhxh", due=date(2026, 12, 30), title="Việc")
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task, "accept").status_code == 303
    for note in ("Họp tổ", "Hợp tác với trường", "Hop voi tổ dân phố"):
        assert take(head, "task", task, "progress", {"note": note}).status_code == 303
    page = page_of(head, "hợp", "progress")
    assert page.index("<mark>Hợp</mark> tác") < page.index("<mark>Hop</mark> voi")
    assert page.index("<mark>Hợp</mark> tác") < page.index("<mark>Họp</mark> tổ")


def test_a_comment_taken_back_is_found_no_more(app: Flask) -> None:
    world = world_of(app)
    head = client_of(app, world, "unit's head")
    with app.app_context():
        comment = session.query(Comment).one()
    answer = post(head, f"/tasks/{world.items['task']}/comments/{comment.id}/withdraw", {})
    assert answer.status_code == 303
    assert "comment" not in found(head, "cap quang")


def test_the_palette_says_who_said_it_and_where(app: Flask) -> None:
    world = world_of(app)
    hits = client_of(app, world, "secretary").get(f"/search/suggest?q={quote('cáp quang')}").get_json()
    by_kind = {hit["kind"]: hit for hit in hits}
    assert by_kind["Trao đổi"]["words"] == "Tổ 5 chưa có <cáp quang>"
    assert "máy tính bảng" in by_kind["Trao đổi"]["note"]
    assert by_kind["Trao đổi"]["href"].startswith(f"/tasks/{world.items['task']}#")
    people = client_of(app, world, "secretary").get("/search/suggest?q=trinh+gia").get_json()
    assert people[0]["words"] == "Trịnh Gia Huy"
    assert "owner=" in people[0]["href"]


def test_only_kinds_with_hits_are_tabs_and_the_palette_says_a_thing_once(app: Flask) -> None:
    world = world_of(app)
    head = client_of(app, world, "unit's head")
    for _ in range(2):
        again = {"note": "Đã lắp cáp quang ở tổ 5"}
        assert take(head, "task", world.items["task"], "progress", again).status_code == 303
    tabs = page_of(head, "cap quang").partition('class="tabs"')[2].partition("</nav>")[0]
    assert "Trao đổi" in tabs
    assert "Biên bản" not in tabs
    kinds = [hit["kind"] for hit in head.get("/search/suggest?q=cap+quang").get_json()]
    assert kinds == ["Đề nghị đưa vào họp", "Dòng tiến độ", "Trao đổi"]


def test_words_of_every_kind_stay_within_the_bar(app: Flask) -> None:
    world = world_of(app)
    with app.app_context(), transaction():
        house = world.house
        session.get_one(Person, house.people["staff_vhxh"].id).full_name = "Máy Gia Huy"
        session.query(Comment).one().text = "máy"
        session.query(Progress).one().note = "máy"
        session.get_one(AgendaProposal, world.items["agenda_proposal"]).title = "máy"
        session.get_one(Directive, world.items["directive"]).subject = "máy"
    desk = client_of(app, world, "secretary")
    page_of(desk, "may")
    for address in (
        "/search/?q=may",
        f"/search/?q={quote('máy')}",
        "/search/suggest?q=may",
        "/search/?q=may&kind=comment",
    ):
        with counting(app) as asked:
            desk.get(address)
        assert len(asked) <= BAR, (address, asked)


def test_the_index_of_the_new_kinds_is_checked_and_rebuilt(app: Flask) -> None:
    world = world_of(app)
    with app.app_context():
        assert list(entries_amiss()) == []
        with transaction():
            session.query(SearchEntry).filter(SearchEntry.kind.in_((*SAID, "person"))).delete()
        amiss = " ".join(entries_amiss())
        for kind in (*SAID, "person"):
            assert f": {kind} " in amiss
        with transaction():
            rebuild_entries()
        assert list(entries_amiss()) == []
    assert found(client_of(app, world, "secretary"), "cap quang") == dict.fromkeys(SAID, 1)
