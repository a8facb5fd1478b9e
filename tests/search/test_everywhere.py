"""Search everywhere: all kinds, tones first, marked words, and nobody finds what he may not open.

Over 300 lines: few hits and very many are asked the same questions.
"""

from __future__ import annotations

import importlib
import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine

from app.db import session, transaction
from app.models import Conclusion, Minutes, Notice, SearchEntry, Task
from app.queries import search
from app.services.search_index import entries_amiss, rebuild_entries
from app.text import fold
from app.views.search import FIRST
from tests.access.world import ROLES, STRANGERS, World, make_world
from tests.factories import assign_task, at_noon, browser, found_authority, post
from tests.home.statements import BAR, counting
from tests.notices import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

search_view = importlib.import_module("app.views.search")
KINDS = ("task", "clause", "notice", "minutes", "proposal", "file")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield


@pytest.fixture(params=[search.FEW, 0], ids=["few hits", "many hits"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a search name its hits one by one, or find them too many for that."""
    monkeypatch.setattr(search, "FEW", request.param)


def page_of(client: FlaskClient, asked: str, kind: str = "") -> str:
    answer = client.get(f"/search/?q={quote(asked)}&kind={kind}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def found(client: FlaskClient, asked: str, kind: str = "") -> dict[str, int]:
    """Return how many hits of each kind the page counts."""
    counts = re.findall(r'id="found-(\w+)">.*?tab-count">([\d.]+)<', page_of(client, asked, kind), re.DOTALL)
    return {name: int(count) for name, count in counts}


def world_of(app: Flask) -> World:
    """Return one of everything; the minutes and the notice hold words that nothing else has."""
    world = make_world(app)
    with app.app_context(), transaction():
        minutes = session.get_one(Minutes, world.items["minutes"])
        minutes.text = "Ông Trưởng ban kết luận: thống nhất phương án số hóa văn bằng."
        session.get_one(Notice, world.items["notice"]).subject = "Về số hóa văn bằng & <chứng chỉ>"
    return world


def client_of(app: Flask, world: World, role: str) -> FlaskClient:
    person = world.people[role]
    assert person is not None
    return browser(app, person)


@pytest.mark.usefixtures("either_way")
def test_all_kinds_are_found_and_counted(app: Flask) -> None:
    desk = client_of(app, world_of(app), "secretary")
    assert found(desk, "may tinh bang") == {"task": 1, "clause": 1, "proposal": 1}
    assert found(desk, "số hóa văn bằng") == {"notice": 1, "minutes": 1}
    assert found(desk, "anh png") == {"file": 1}
    assert found(desk, "may tinh bang", "clause") == {"clause": 1}


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("chair", {"task", "clause", "proposal", "file", "notice", "minutes"}),
        ("unit's head", {"task", "proposal", "file"}),
        *((stranger, set()) for stranger in STRANGERS),
        ("administrator", set()),
    ],
)
def test_nobody_finds_what_he_may_not_open(app: Flask, role: str, expected: set[str]) -> None:
    world = world_of(app)
    client = client_of(app, world, role)
    hits = {kind for asked in ("may tinh bang", "so hoa van bang", "anh") for kind in found(client, asked)}
    assert hits == expected
    said = client.get("/search/suggest?q=may+tinh+bang").get_json()
    assert bool(said) == bool(expected)
    for kind in KINDS:
        assert bool(found(client, "may tinh bang", kind)) <= (kind in expected)


def test_what_is_found_can_be_opened(app: Flask) -> None:
    world = world_of(app)
    for role in ROLES[1:]:
        client = client_of(app, world, role)
        for asked in ("may tinh bang", "so hoa van bang"):
            for link in re.findall(r'found-name"><a href="([^"]+)"', page_of(client, asked)):
                assert client.get(link.partition("#")[0]).status_code == 200, (role, link)


@pytest.mark.usefixtures("either_way")
def test_exactly_typed_tones_come_first(app: Flask) -> None:
    house = found_authority(app)
    titles = ("Ban hành quy chế hội nghị", "Bàn hanh lý hồi nghi", "Mua bàn ghế hội nghị")
    for title in titles:
        assign_task(app, house, due=date(2026, 12, 30), title=title)
    desk = browser(app, house.people["secretary"])

    def order(asked: str) -> list[str]:
        names = re.findall(r'found-name"><a [^>]*>(.*?)</a>', page_of(desk, asked, "task"))
        return [re.sub("<.*?>", "", name) for name in names]

    assert order("hội nghị") == [titles[2], titles[0], titles[1]]
    assert order("hoi nghi") == [titles[2], titles[1], titles[0]]
    assert order("bàn hội nghị")[0] == titles[2]
    assert order("NGHỊ hội") == order("hội nghị")


def test_two_spellings_of_a_tone_are_one(app: Flask) -> None:
    house = found_authority(app)
    for title in ("Trồng hoa ở cổng", "Hòa giải ở cơ sở"):
        assign_task(app, house, due=date(2026, 12, 30), title=title)
    assign_task(app, house, due=date(2026, 12, 30), title="Họa báo")
    names = re.findall(r'found-name"><a [^>]*>(.*?)</a>', page_of(browser(app, house.people["secretary"]), "hoà"))
    assert names[0] == "<mark>Hòa</mark> giải ở cơ sở"


def test_a_code_that_was_asked_for_is_marked(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 12, 30), title="Trồng hoa ở cổng")
    with app.app_context():
        code = session.get_one(Task, task_id).code
    page = page_of(browser(app, house.people["secretary"]), code)
    assert f"<mark>{code}</mark> ·\u00a0" in page


def test_hits_are_marked_in_the_words_around_and_escaped(app: Flask) -> None:
    world = world_of(app)
    desk = client_of(app, world, "secretary")
    page = page_of(desk, "van bang")
    assert "Về số hóa <mark>văn</mark> <mark>bằng</mark> &amp; &lt;chứng chỉ&gt;" in page
    with app.app_context(), transaction():
        text = " ".join(["mở đầu"] * 60 + ["<b>kinh phí</b>"] + ["phần cuối"] * 60)
        session.get_one(Minutes, world.items["minutes"]).text = text
    page = page_of(desk, "kinh phi")
    assert "&lt;b&gt;<mark>kinh</mark> <mark>phí</mark>&lt;/b&gt;" in page
    assert "<b>" not in page
    piece = re.search(r'found-text">(.*?)</p>', page)
    assert piece is not None
    assert piece[1].startswith("… mở đầu")
    assert piece[1].endswith("…")
    assert len(piece[1]) < 400


def test_codes_and_symbols(app: Flask) -> None:
    world = make_world(app)
    desk = client_of(app, world, "secretary")
    assert found(desk, "12/TTr-VHXH") == {"proposal": 1}
    assert found(desk, "12/ttr") == {"proposal": 1}
    assert "task" in found(desk, "NV-THU-1")


def test_nothing_and_too_little_is_said_in_words(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    assert "Gõ vài từ còn nhớ" in page_of(desk, "")
    assert "ngắn" in page_of(desk, "a")
    assert "ngắn" in page_of(desk, "%")
    assert "Không tìm thấy «zzz»" in page_of(desk, "zzz")
    assert "zztask" not in found(desk, "zztask")
    assert desk.get("/search/suggest?q=a").get_json() == []
    for odd in ('"', "máy OR dây*", "words : x", "a|b|c", "'); drop table task; --", "☃☃", "x" * 3000):
        assert desk.get(f"/search/?q={quote(odd)}").status_code == 200


def test_more_hits_than_are_shown_lead_to_all_of_the_kind(app: Flask) -> None:
    house = found_authority(app)
    for number in range(FIRST + 2):
        assign_task(app, house, due=date(2026, 12, 30), title=f"Sửa đường ngõ {number}")
    desk = browser(app, house.people["secretary"])
    page = page_of(desk, "duong ngo")
    assert page.count("found-name") == FIRST
    assert "Xem tất cả 7" in page
    assert page_of(desk, "duong ngo", "task").count("found-name") == FIRST + 2


def test_changed_and_dropped_words_are_followed(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    notice = steps.compose(desk, house, "1. Giao Trạm Y tế phường tiêm chủng mở rộng.")
    assert found(desk, "tiem chung") == {"clause": 1}
    with app.app_context(), transaction():
        session.query(Conclusion).filter_by(notice_id=notice).one().text = "Giao Trạm Y tế phun thuốc muỗi."
    assert found(desk, "tiem chung") == {}
    assert found(desk, "phun thuoc") == {"clause": 1}
    post(desk, f"/moves/notice/{notice}/drop", {"reason": "Nhầm"})
    assert found(desk, "phun thuoc") == {}


def test_a_page_asks_few_statements(app: Flask) -> None:
    world = world_of(app)
    desk = client_of(app, world, "secretary")
    page_of(desk, "may tinh bang")
    for address in ("/search/?q=may", "/search/?q=hội+nghị", "/search/suggest?q=may", "/search/?q=may&kind=file"):
        with counting(app) as asked:
            desk.get(address)
        assert len(asked) <= BAR, (address, asked)


def test_the_index_is_checked_and_rebuilt(app: Flask) -> None:
    world = world_of(app)
    with app.app_context():
        assert list(entries_amiss()) == []
        with transaction():
            session.query(SearchEntry).filter_by(kind="task").delete()
            session.query(SearchEntry).filter_by(kind="minutes").update({"words": "zzminutes sai"})
        assert len(list(entries_amiss())) == 2
        with transaction():
            assert rebuild_entries() > 4
        assert list(entries_amiss()) == []
    assert found(client_of(app, world, "secretary"), "may tinh bang")["task"] == 1


@pytest.mark.parametrize("typed", ["nv 2", "nv-2", "NV2", "nv-2026-2", "NV 2026 02"])
def test_a_task_is_found_by_its_number_as_people_type_it(app: Flask, typed: str) -> None:
    house = found_authority(app)
    titles = ("Việc đầu", "Kiểm kê trước ngày 12/12/2026", "Kiểm kê lần 2")
    for number, title in enumerate(titles, start=1):
        task = assign_task(app, house, lead="kt", due=date(2026, 12, 15), title=title)
        with app.app_context(), transaction():
            kept = session.get_one(Task, task)
            kept.code = f"NV-2026-{number}"
            kept.search_text = fold(f"{kept.code} {title}")
    desk = browser(app, house.people["secretary"])
    assert "Kiểm kê trước ngày" in page_of(desk, typed)
    assert "Kiểm kê lần 2" not in page_of(desk, typed)
    listed = desk.get(f"/tasks/?status=all&q={quote(typed)}").get_data(as_text=True)
    assert "Kiểm kê trước ngày" in listed
    assert "Việc đầu" not in listed


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("form", ["{} – 2.a", "mục 2.a {}", "2.a {}", "điểm 2.a của thông báo số {}", "{}, 2.a"])
def test_a_clause_is_found_by_its_paper_and_address(app: Flask, form: str) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    text = (
        "1. Giao Trạm Y tế phường tiêm chủng.\n2. Về số hóa:\na) Giao Công an phường số hóa hồ sơ, hạn 30/12/2026."
        "\nb) Giao Phòng Văn hóa - Xã hội tập huấn, hạn 30/12/2026."
    )
    notice = steps.compose(desk, house, text)
    steps.complete(app, desk, notice)
    steps.review(app, desk, notice)
    steps.issue(desk, browser(app, house.people["chair"]), notice)
    with app.app_context():
        symbol = session.get_one(Notice, notice).symbol
        addresses = [clause.address for clause in session.query(Conclusion).filter_by(notice_id=notice)]
    assert symbol
    assert "2.a" in addresses
    for typed in (form.format(symbol), form.format(fold(symbol))):
        assert found(desk, typed).get("clause") == 1, typed
        assert "số hóa hồ sơ" in re.sub(r"<[^>]+>", "", page_of(desk, typed))
        first = desk.get(f"/search/suggest?q={quote(typed)}").get_json()[0]
        assert first["kind"] == "Kết luận"
        assert "số hóa hồ sơ" in first["words"] + first["note"]
    assert found(desk, form.format("98/TB-KHAC")) == {}
    stranger = browser(app, house.people["head_hcc"])
    assert found(stranger, "2.a 98/TB-KHAC") == {}


@pytest.fixture
def newest_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three hits of a kind be so many that only the newest three are looked at."""
    monkeypatch.setattr(search, "FEW", 2)
    for module in (search, search_view):
        monkeypatch.setattr(module, "NEWEST", 3)


@pytest.mark.usefixtures("newest_three")
def test_of_very_many_hits_the_newest_are_found_and_the_page_says_so(app: Flask) -> None:
    house = found_authority(app)
    for number in range(1, 6):
        assign_task(app, house, title=f"Rà soát phần mềm số {number}")
    desk = browser(app, house.people["secretary"])
    assert titles_of(desk, "phần mềm") == [f"Rà soát phần mềm số {number}" for number in (5, 4, 3)]
    page = page_of(desk, "phần mềm")
    assert 'tab-count">3+<' in page
    assert "chỉ tìm trong 3 mục mới nhất" in page
    assert "mới nhất" not in page_of(desk, "phần mềm số 4")


@pytest.mark.usefixtures("newest_three")
def test_exact_tones_come_first_however_old_they_are(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, title="Kiểm kê")
    for number in range(5):
        assign_task(app, house, title=f"Kiệm kê {number}")
    desk = browser(app, house.people["secretary"])
    assert titles_of(desk, "kiểm kê") == ["Kiểm kê", "Kiệm kê 4", "Kiệm kê 3", "Kiệm kê 2"]


@pytest.mark.usefixtures("newest_three")
def test_a_whole_word_is_found_among_many_newer_ones_that_begin_so(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, title="Thay mái tôn")
    for number in range(5):
        assign_task(app, house, title=f"Tổng kết {number}")
    desk = browser(app, house.people["secretary"])
    assert titles_of(desk, "ton") == ["Tổng kết 4", "Tổng kết 3", "Tổng kết 2", "Thay mái tôn"]


def titles_of(client: FlaskClient, asked: str) -> list[str]:
    """Return the titles of the tasks found, in their order."""
    page = re.sub(r"</?mark>", "", page_of(client, asked, "task"))
    return [re.sub(r"^NV-[\d-]+\W+", "", title) for title in re.findall(r'class="found-name"><a [^>]*>([^<]+)<', page)]
