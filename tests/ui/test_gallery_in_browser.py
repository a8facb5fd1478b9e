"""The style sheet in a real browser: no axe violation, nothing wider than the phone, keyboard and fields work."""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from tests.ui.gallery import ROOT, make_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install requirements/browser.txt")
CHROMIUM = shutil.which("chromium")
VENDOR = ROOT / "app" / "static" / "vendor" / "icons.svg"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: apt-get install chromium"),
    pytest.mark.skipif(not VENDOR.exists(), reason="no front-end files: run python3 run.py once"),
]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser(chrome: Any) -> Any:
    """Return the one browser of the test process: playwright cannot be started twice in it."""
    return chrome


@contextmanager
def opened(browser: Any, address: str, width: int = 1440, **options: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page
    assert said == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/gallery?flash=1&demo=1", "/gallery?wrong=1", "/gallery/2", "/bare/404"])
def test_axe_finds_nothing_and_nothing_is_too_wide(browser: Any, base: str, path: str, width: int, scheme: str) -> None:
    with opened(browser, base + path, width, color_scheme=scheme) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_unit_is_found_without_tones_and_sent(browser: Any, base: str) -> None:
    with opened(browser, f"{base}/gallery") as page:
        page.fill("#lead", "van hoa")
        page.keyboard.press("Enter")
        assert page.input_value("#lead") == "Phòng Văn hóa – Xã hội"
        assert page.evaluate("document.querySelector('#lead-select').value") == "3"
        page.fill("#coordinating", "doan")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        chosen = "[...document.querySelector('#coordinating-select').selectedOptions].map(o => o.value)"
        assert page.evaluate(chosen) == ["2", "3", "7"]


def test_a_day_is_read_as_it_is_typed(browser: Any, base: str) -> None:
    with opened(browser, f"{base}/gallery") as page:
        page.fill("#due_on", "30/11")
        assert page.text_content("#due_on-read") == "Thứ Hai, 30/11/2026 ·\u00a0còn 5 ngày làm việc"
        page.keyboard.press("Tab")
        assert page.input_value("#due_on") == "30/11/2026"
        page.fill("#due_on", "28/11/2026")
        weekend = (
            "Thứ Bảy, 28/11/2026 ·\u00a0còn 5 ngày làm việc"
            " ·\u00a0ngày nghỉ cuối tuần; thời hạn tính đến hết Thứ Hai, 30/11/2026"
        )
        assert page.text_content("#due_on-read") == weekend, "lists count to the end of the working day after it"
        page.fill("#due_on", "24/11/2026")
        assert page.text_content("#due_on-read").endswith(
            "ngày nghỉ lễ, Ngày Văn hóa Việt Nam 24/11; thời hạn tính đến hết Thứ Tư, 25/11/2026"
        )
        page.fill("#due_on", "11/12/2026")
        assert "ngày nghỉ tránh bão; thời hạn tính đến hết Thứ Hai, 14/12/2026" in page.text_content("#due_on-read")
        page.fill("#due_on", "30/4/2027")
        assert "Ngày Chiến thắng 30/4" in page.text_content("#due_on-read")
        page.fill("#due_on", "2/11/2026")
        assert "ngày đã qua, cách đây" in page.text_content("#due_on-read")
        page.fill("#due_on", "31/2")
        assert page.text_content("#due_on-read").startswith("Lịch không có ngày 31/02.")
        page.fill("#due_on", "01/01/2200")
        assert page.text_content("#due_on-read").startswith("Năm 2200 nằm ngoài khoảng từ 1990 đến 2100.")
        page.fill("#due_on", "sang năm")
        assert page.text_content("#due_on-read").startswith("Chưa đọc được ngày «sang năm».")
        page.fill("#due_on", "29/2")
        assert "29/02/2028" in page.text_content("#due_on-read")
        page.fill("#due_on", "30 tháng 6 năm 2027")
        assert "30/06/2027" in page.text_content("#due_on-read")


def test_the_keyboard_walks_opens_moves_and_finds(browser: Any, base: str) -> None:
    with opened(browser, f"{base}/gallery") as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_selector("#pane .pane-page")
        page.keyboard.press("t")
        page.locator("#move-progress-note:focus").wait_for(state="attached")
        page.keyboard.type("jk?")
        assert page.input_value("#move-progress-note") == "jk?"
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        assert page.is_hidden("#pane")
        page.keyboard.press("Control+k")
        page.keyboard.type("bao cao thang")
        assert page.text_content("#finder [aria-selected=true] .finder-words") == "Báo cáo tháng"


def test_a_long_text_survives_a_lost_page(browser: Any, base: str) -> None:
    with opened(browser, f"{base}/gallery") as page:
        page.fill("#text", "Đã kiểm kê 37 trên 52 máy")
        page.reload()
        assert page.input_value("#text") == "Đã kiểm kê 37 trên 52 máy"
        assert page.is_visible(".draft-note")
        page.click(".draft-note button")
        assert page.input_value("#text") == ""


def test_a_grave_step_asks_first(browser: Any, base: str) -> None:
    with opened(browser, f"{base}/gallery") as page:
        page.click("text=Thu hồi 9 nhiệm vụ")
        assert page.is_visible("#confirm")
        assert "7 đơn vị" in page.text_content("#confirm")
        page.keyboard.press("Escape")
        assert page.url.endswith("/gallery")


def test_it_prints_without_menus(browser: Any, base: str, tmp_path: Path) -> None:
    with opened(browser, f"{base}/gallery/2") as page:
        page.emulate_media(media="print")
        assert page.is_hidden(".rail")
        assert page.is_hidden(".moves")
        assert page.is_visible("h1")
        page.pdf(path=tmp_path / "page.pdf")
        assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
