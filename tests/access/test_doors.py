"""What stands at every door beside the matrix: tokens against forged forms, ended sessions, files that are saved."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from app.services.files import INLINE
from app.views.guard import PUBLIC
from tests.access.knocking import address

if TYPE_CHECKING:
    from tests.access.knocking import Knocker

LETTER = b"Danh sach may tinh bang da kiem ke\n"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_every_form_wants_its_token(knocker: Knocker) -> None:
    """A forged form changes nothing, whoever is logged in: refused for its token, or for who sends it."""
    taken = []
    for method, rule, values in knocker.doors():
        if method == "POST":
            url = address(rule, values)
            said = {
                knocker.ask(role, method, url, token=False).status_code
                for role in ("administrator", "secretary", "unit's head")
            }
            if not {400} <= said <= {400, 403}:
                taken.append((rule.rule, said))
    assert not taken


def test_a_token_of_another_browser_is_refused(knocker: Knocker) -> None:
    client = knocker.app.test_client()
    client.set_cookie("dondoc", knocker.cookies["secretary"])
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "d" * 40
    answer = client.post("/notifications/read", data={"csrf_token": knocker.token})
    assert answer.status_code == 400
    assert "tải lại trang" in answer.get_data(as_text=True)


def test_an_ended_session_opens_nothing(knocker: Knocker) -> None:
    knocker.live.execute("UPDATE login_session SET revoked_at = made_at")
    knocker.live.commit()
    opened = []
    try:
        for method, rule, values in knocker.doors():
            if method == "GET" and getattr(knocker.app.view_functions[rule.endpoint], "permission", "") != PUBLIC:
                answer = knocker.ask("secretary", method, address(rule, values), restore=False)
                if not (answer.location or "").startswith("/login?next="):
                    opened.append(rule.rule)
                answer.close()
    finally:
        knocker.restore()
    assert not opened


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("ghi chú.txt", LETTER, "application/octet-stream"),
        ("danh sách.csv", b"ma;ten\n1;may\n", "application/octet-stream"),
        ("biên bản.pdf", PDF, "application/pdf"),
    ],
)
def test_only_papers_and_pictures_open_in_the_browser(knocker: Knocker, name: str, content: bytes, kind: str) -> None:
    task = knocker.world.items["task"]
    sent = {"note": "Kèm tệp", "evidence": (BytesIO(content), name)}
    try:
        answer = knocker.ask("unit's head", "POST", f"/moves/task/{task}/progress", sent, restore=False)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        newest = knocker.live.execute("SELECT max(id) FROM attachment").fetchone()[0]
        got = knocker.ask("unit's head", "GET", f"/files/{newest}")
    finally:
        knocker.restore()
    assert got.mimetype == kind
    shown = got.headers["Content-Disposition"].startswith("inline")
    assert shown == (kind in INLINE)
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    got.close()


@pytest.mark.parametrize("name", ["trang.html", "anh.svg", "chay.exe", "macro.docm", "trang.xhtml", "khong-duoi"])
def test_files_that_can_run_are_not_taken(knocker: Knocker, name: str) -> None:
    task = knocker.world.items["task"]
    sent = {"note": "Kèm tệp", "evidence": (BytesIO(b"<script>alert(1)</script>"), name)}
    answer = knocker.ask("unit's head", "POST", f"/moves/task/{task}/progress", sent)
    assert answer.status_code == 422
    assert "Kèm tệp" in answer.get_data(as_text=True)


def test_what_browsers_may_keep_is_not_private(knocker: Knocker) -> None:
    """A page behind the log-in must not be shown from a cache after logging out."""
    answer = knocker.ask("secretary", "GET", f"/tasks/{knocker.world.items['task']}")
    assert "no-store" in answer.headers.get("Cache-Control", "")
