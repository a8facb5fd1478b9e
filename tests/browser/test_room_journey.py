"""One meeting from the plan to the issued notice by the keyboard alone, the line cut in the middle: nothing is lost.

Over 300 lines: the way of one meeting, and what can happen to the line on it.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from app.db import session
from app.models import Conclusion, ItemNotes, Minutes, Notice, Task
from app.queries.calendars import calendar_of
from app.services.typed_due import read_due
from tests.browser.test_kept_words import end_sessions
from tests.factories import PASSWORD, browser, hold_meeting, post
from workflows.conclusion import DROPPED
from workflows.minutes import APPROVED
from workflows.notice import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

CLAUSES = (
    "Thống nhất chủ trương bàn giao máy tính bảng trong quý IV",
    "Kiểm kê toàn bộ máy tính bảng đã cấp",
    "Lập danh sách máy hỏng kèm ảnh chụp",
    "Đề xuất phương án sửa chữa, thay thế",
    "Xây dựng kế hoạch chuyển đổi số năm 2027",
    "Ghi nhận ý kiến của Công an phường về an toàn thông tin",
)


def log_in(who: Visitor, login: str) -> None:
    keys = who.page.keyboard
    who.open("/login")
    who.tab_to("login")
    keys.type(login)
    who.tab_to("password")
    keys.type(PASSWORD)
    who.going(lambda: keys.press("Enter"))


def find(who: Visitor, words: str) -> None:
    """Go somewhere through the finder."""
    keys = who.page.keyboard
    keys.press("Control+k")
    keys.type(words)
    who.going(lambda: keys.press("Enter"))


def fill(who: Visitor, **typed: str) -> None:
    """Type into fields, one after the other, going there by Tab."""
    for name, text in typed.items():
        who.tab_to(name, 90)
        who.page.keyboard.press("Control+a")
        who.page.keyboard.type(text)


def press(who: Visitor, label: str, status: int = 200) -> None:
    """Go to a button or link by Tab and press Enter."""
    who.tab_to(label, 120)
    who.going(lambda: who.page.keyboard.press("Enter"), status)


def saved(who: Visitor) -> None:
    """Wait until everything typed is with the server."""
    until(
        who,
        "document.querySelector('[data-status]').textContent.startsWith('Đã lưu')"
        " && !Object.keys(localStorage).some((name) => name.startsWith('room:'))",
    )


def until(who: Visitor, script: str, seconds: float = 20) -> None:
    """Wait until something is so; asked from outside, because the page's policy lets no text become script."""
    for _ in range(int(seconds * 10)):
        if who.page.evaluate(script):
            return
        who.page.wait_for_timeout(100)
    raise AssertionError(f"never: {script}; {status_of(who)}")


def status_of(who: Visitor) -> str:
    return str(who.page.locator("[data-status]").inner_text())


def clauses_in(site: Site) -> list[tuple[str, str]]:
    with site.app.app_context():
        query = session.query(Conclusion).filter(Conclusion.state != DROPPED).order_by(Conclusion.position)
        return [(clause.address, clause.text) for clause in query]


def order(who: Visitor, unit: str, due: str) -> None:
    """Say who leads the clause being written and by when, and come back to its end."""
    keys = who.page.keyboard
    keys.press("Alt+u")
    keys.type(unit)
    keys.press("Enter")
    keys.press("Alt+h")
    keys.type(due)
    keys.press("Enter")
    keys.press("End")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_meeting_goes_its_whole_way_by_keys(  # noqa: PLR0915 -- one meeting, from its plan to its papers
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:  # Over 40 lines: one meeting, step by step
    desk, chair = visit(), visit()
    keys = desk.page.keyboard
    log_in(desk, "secretary")
    plan(desk)
    keys.press("m")
    desk.page.locator(".move-form :focus").wait_for(state="attached")
    keys.type("Sở yêu cầu báo cáo gấp")
    press(desk, "Mời họp")
    desk.going(lambda: keys.press("b"))
    desk.see("Đang họp")

    desk.page.clock.install()
    desk.going(lambda: keys.press("p"))
    type_before_the_cut(desk)
    saved(desk)
    desk.context.set_offline(True)
    type_during_the_cut(desk)
    for _ in range(5):
        desk.page.clock.fast_forward("01:00")
    assert "đang giữ trên máy này" in status_of(desk)
    assert len(clauses_in(site)) == 3
    desk.context.set_offline(False)
    saved(desk)
    desk.look()
    assert [text for _address, text in clauses_in(site)] == list(CLAUSES)
    assert [address for address, _text in clauses_in(site)] == ["I.1", "I.2", "I.2.a", "I.2.b", "II.1", "II.2"]

    find(desk, "cuoc hop")
    keys.press("j")
    desk.going(lambda: keys.press("Enter"))
    meeting = desk.page.url
    press(desk, "all")  # «Tất cả có mặt»
    desk.going(lambda: keys.press("h"))
    desk.see("Đã họp")
    desk.going(lambda: keys.press("p"))
    press(desk, "Đưa vào biên bản")
    assert "Kết luận:" in desk.page.input_value("textarea[name=text]")
    desk.going(lambda: keys.press("t"))
    desk.see("Chờ duyệt")

    log_in(chair, "chair")
    chair.open(desk.page.url)
    rule(chair, "n", "Duyệt biên bản")
    chair.page.get_by_text("Đã duyệt").first.wait_for(timeout=30_000)  # it can be taken back until then
    chair.look()

    desk.open(meeting)
    press(desk, "Dự thảo thông báo kết luận")
    desk.see(*CLAUSES)
    desk.going(lambda: keys.press("t"))
    chair.open(desk.page.url)
    rule(chair, "n", "Ký")
    chair.page.get_by_text("Đã ký, chờ ban hành").first.wait_for(timeout=30_000)  # its page loads anew by itself
    chair.look()
    desk.again()
    rule(desk, "b", "Ban hành")
    desk.see("01/TB-BCĐ", "Đã ban hành")

    for label, read in (("Tải Word", words_of_docx), ("Tải PDF", words_of_pdf)):
        desk.tab_to(label, 120)
        with desk.page.expect_download() as download:
            keys.press("Enter")
        words = read(download.value.path().read_bytes())
        for clause in CLAUSES:
            assert squeezed(clause) in words, (label, clause)
        assert squeezed("01/TB-BCĐ") in words
        assert squeezed("08/12/2026") in words
    with site.app.app_context():
        assert session.query(Minutes).one().state == APPROVED
        assert session.query(Notice).one().state in OFFICIAL
        leads = {task.lead_unit_id: task.current_due for task in session.query(Task)}
        assert leads == {house.units["vhxh"].id: date(2026, 12, 8), house.units["kt"].id: date(2026, 12, 31)}


def plan(desk: Visitor) -> None:
    """Plan a meeting for today with two items and a guest."""
    keys = desk.page.keyboard
    find(desk, "lap cuoc hop")
    fill(desk, title="Phiên họp Ban Chỉ đạo tháng 11", day="23/11", start="9h", end="11h", place="Phòng họp tầng 2")
    desk.tab_to("presider_id")
    keys.type("le minh khoi")
    keys.press("Enter")
    press(desk, "Lập cuộc họp")
    for title in ("Máy tính bảng đã cấp", "Chuyển đổi số năm 2027"):
        if desk.page.locator("form[action$='/agenda'] input[name=title]").first.is_hidden():
            desk.tab_to("Thêm nội dung", 120)
            keys.press("Enter")
        fill(desk, title=title)
        press(desk, "Thêm vào chương trình")
    desk.tab_to("Mời thêm", 160)
    keys.press("Enter")
    fill(desk, name="Nguyễn Thị Hoa")
    press(desk, "Thêm vào danh sách mời")
    desk.see("Máy tính bảng đã cấp", "Chuyển đổi số năm 2027", "Nguyễn Thị Hoa")


def type_before_the_cut(desk: Visitor) -> None:
    """Type notes and three clauses under the second item of the agenda, behind the status of earlier conclusions."""
    keys = desk.page.keyboard
    keys.press("Alt+PageDown")
    keys.type("Trưởng phòng báo cáo còn 12 máy chưa bàn giao.")
    keys.press("Alt+k")
    keys.type(CLAUSES[0])
    keys.press("Enter")
    keys.type(CLAUSES[1])
    order(desk, "van hoa", "+10")
    assert "Thứ Ba, 08/12/2026" in desk.page.locator("[data-due-said]").inner_text()
    keys.press("Enter")
    keys.press("Tab")
    keys.type(CLAUSES[2])


def type_during_the_cut(desk: Visitor) -> None:
    """Type on: a line that is dropped again, two out of order, and two under the next item."""
    keys = desk.page.keyboard
    keys.press("Enter")
    keys.type("Dòng gõ nhầm")
    keys.press("Alt+Delete")
    keys.press("End")
    keys.press("Enter")
    keys.type(CLAUSES[3])
    keys.press("Alt+ArrowUp")
    keys.press("Alt+ArrowDown")
    keys.press("Alt+PageDown")
    keys.type("Các thành viên thảo luận về nguồn kinh phí.")
    keys.press("Alt+k")
    keys.type(CLAUSES[5])
    keys.press("Alt+l")
    keys.press("Alt+l")
    keys.press("Enter")
    keys.type(CLAUSES[4])
    order(desk, "kinh te", "cuoi quy")
    keys.press("Alt+ArrowUp")


def rule(who: Visitor, key: str, label: str) -> None:
    """Take a move by its letter, through its form where it has one."""
    who.page.keyboard.press(key)
    who.page.locator(".move-form :focus").wait_for(state="attached")
    press(who, label)


def words_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    return squeezed(re.sub(r"<[^>]+>", "", xml))


def words_of_pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in document))


def squeezed(text: str) -> str:
    """Return text without white space: a PDF breaks its lines anywhere."""
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text)


def sit(site: Site, house: House) -> str:
    """Return the address of the room of a meeting with one item."""
    meeting = hold_meeting(site.app, house, on=date(2026, 11, 23))
    post(browser(site.app, house.people["secretary"]), f"/meetings/{meeting}/agenda", {"title": "Máy tính bảng"})
    return f"/meetings/{meeting}/room"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_stops_behind_a_blank_finds_it_there(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    desk = visit(house.people["secretary"])
    keys = desk.page.keyboard
    desk.open(sit(site, house))
    for where, text in (("Alt+n", "ghi chép "), ("Alt+k", "Kiểm kê máy tính bảng ")):
        keys.press(where)
        keys.type(text)
        saved(desk)
        desk.page.wait_for_timeout(3000)  # longer than from one look at the server to the next
        keys.type("đã cấp")
        saved(desk)
    assert [text for _address, text in clauses_in(site)] == ["Kiểm kê máy tính bảng đã cấp"]
    with site.app.app_context():
        assert session.query(ItemNotes).one().text == "ghi chép đã cấp"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_words_of_a_closed_tab_and_of_an_ended_log_in_are_sent_later(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    room = sit(site, house)
    desk = visit(house.people["secretary"])
    keys = desk.page.keyboard
    desk.open(room)
    desk.context.set_offline(True)
    keys.press("Alt+k")
    keys.type("Gõ khi mất mạng, rồi đóng thẻ")
    until(desk, "document.querySelector('[data-status]').textContent.includes('đang giữ trên máy này (1 mục)')")
    desk.judge()
    closed_at = desk.page.evaluate("Date.now()") / 1000  # the browser's clock, not the frozen one of the server
    desk.page.close()
    desk.context.set_offline(False)
    assert clauses_in(site) == []

    # Half a minute later: another tab, and meanwhile the log-in has ended.
    end_sessions(site)
    desk.page = desk.context.new_page()
    desk.page.clock.install(time=closed_at + 30)
    keys = desk.page.keyboard
    desk.page.goto(room)
    desk.page.fill("input[name=login]", "secretary")
    keys.press("Tab")
    keys.type(PASSWORD)
    with desk.page.expect_event("load"):
        keys.press("Enter")
    saved(desk)
    assert clauses_in(site) == [("1", "Gõ khi mất mạng, rồi đóng thẻ")]

    end_sessions(site)
    keys.press("Alt+k")
    keys.press("End")
    keys.press("Enter")
    keys.type("Gõ khi phiên đã hết")
    until(desk, "document.querySelector('[data-status] a') !== null")
    assert "Phiên đăng nhập đã hết" in status_of(desk)
    desk.page.locator("[data-status] a").focus()
    with desk.page.expect_event("load"):
        keys.press("Enter")
    desk.page.fill("input[name=login]", "secretary")
    keys.press("Tab")
    keys.type(PASSWORD)
    with desk.page.expect_event("load"):
        keys.press("Enter")
    saved(desk)
    assert [text for _address, text in clauses_in(site)] == ["Gõ khi mất mạng, rồi đóng thẻ", "Gõ khi phiên đã hết"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_secretaries_see_each_other_and_choose_when_they_clash(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    room = sit(site, house)
    one, two = visit(house.people["secretary"]), visit(house.people["secretary"])
    one.open(room)
    two.open(room)
    one.page.keyboard.press("Alt+k")
    one.page.keyboard.type("Bàn giao")
    saved(one)
    until(two, "document.querySelector('.room-text')?.value === 'Bàn giao'")

    two.context.set_offline(True)
    two.page.keyboard.press("Alt+k")
    two.page.keyboard.press("End")
    two.page.keyboard.type(" trong tháng 12")
    one.page.keyboard.type(" cho tổ dân phố")
    saved(one)
    two.context.set_offline(False)
    until(two, "document.querySelector('.room-clash') !== null")
    shown = two.page.locator(".room-clash").inner_text()
    assert "Bàn giao trong tháng 12" in shown
    assert "Bàn giao cho tổ dân phố" in shown
    assert "Bản của Vũ Ngọc Diệp" in shown
    two.answers.clear()
    two.look()
    two.page.keyboard.press("Escape")
    two.tab_to("Ghép cả hai")
    two.page.keyboard.press("Enter")
    saved(two)
    until(one, "document.querySelector('.room-text').value.includes('tháng 12')")
    assert clauses_in(site) == [("1", "Bàn giao trong tháng 12 Bàn giao cho tổ dân phố")]
    one.look()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_script_and_server_read_due_dates_alike(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    room = sit(site, house)
    desk = visit(house.people["secretary"])
    desk.open(room)
    typed = (
        "30/6", "30/6/2028", "5/12", "trước ngày 15/12", "31/2",
        "cuối tuần", "cuối tháng", "cuối quý", "cuoi quy sau", "cuối năm", "năm 2028",
        "tháng 12", "tháng 3", "tháng 5 năm 2027", "tháng 13", "quý I", "quý 2/2027",
        "+10", "+10 ngày làm việc", "10 ngày", "+2 tuần", "+1 tháng", "mai", "hôm nay", "sớm",
    )  # fmt: skip
    source = desk.page.evaluate("document.querySelector('script[src*=\"room.js\"]').src")
    script = f"""async (words) => {{
      const {{ readDue }} = await import("{source.replace("room.js", "room_due.js")}");
      const day = Date.UTC(2026, 10, 23);
      const said = (at) => at && new Date(at).toISOString().slice(0, 10);
      return words.map((each) => said(readDue(each, day)));
    }}"""
    read = desk.page.evaluate(script, list(typed))
    with site.app.app_context():
        calendar = calendar_of(house.authority.id)
        said = [read_due(each, date(2026, 11, 23), calendar) for each in typed]
    assert dict(zip(typed, read, strict=True)) == {
        each: day.isoformat() if day else None for each, day in zip(typed, said, strict=True)
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_asked_for_without_a_line_waits_here_and_is_sent_later(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:  # Over 40 lines: one cut, from before it to after it
    room = sit(site, house)
    desk = visit(house.people["secretary"])
    keys = desk.page.keyboard
    desk.open(room)
    keys.press("Alt+k")
    keys.type(CLAUSES[1])
    order(desk, "van hoa", "31/2")
    keys.press("Alt+p")
    for unit in ("kinh te", "cong an"):
        keys.type(unit)
        keys.press("Enter")
    keys.press("Enter")
    keys.press("End")
    keys.press("Enter")
    keys.type("Dòng bỏ rồi lấy lại")
    saved(desk)
    keys.press("Alt+Delete")
    until(desk, "document.querySelector('[data-out-count]').textContent === '1'")
    desk.open(room)
    keys.press("Alt+z")
    until(desk, "document.querySelectorAll('.room-text').length === 2")
    saved(desk)

    desk.context.set_offline(True)
    desk.page.click("text=Đưa vào biên bản")
    until(desk, "document.querySelector('[data-status]').textContent.includes('sẽ được gửi khi có mạng lại')")
    assert desk.page.url.endswith("/room")
    desk.page.click("text=Thông báo kết luận >> visible=true >> nth=-1")
    until(desk, "document.querySelector('[data-status]').textContent.includes('Hãy bấm lại khi có mạng')")
    desk.context.set_offline(False)
    until(desk, "document.querySelector('[data-status]').textContent.includes('đã vào biên bản')")
    desk.answers.clear()
    desk.look()
    with site.app.app_context():
        text = session.query(Minutes).one().text
        clause = session.query(Conclusion).filter_by(text=CLAUSES[1]).one()
        assert clause.coordinating_ids == sorted([house.units["kt"].id, house.units["ca"].id])
        assert not clause.reviewed
    assert "thời hạn: 31/2;" in text
    assert "Dòng bỏ rồi lấy lại" in text
