"""The living style sheet: every piece of the face, invented data; `python -m tests.ui.gallery` serves it."""
# ruff: noqa: E501 -- invented sentences stand on one line

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request
from flask_babel import Babel
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the types know WTForms 3.2 only
from wtforms.validators import InputRequired, Length

from app import ui
from app.ui.navigation import links
from app.ui.shell import Shell
from workflows.parts import Need
from workflows.words import Words

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
UNITS = [
    "Văn phòng HĐND và UBND phường Sông Mây", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa – Xã hội",
    "Trung tâm Phục vụ hành chính công", "Công an phường", "Trạm Y tế", "Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ",
    "Tổ dân phố số 7",
]  # fmt: skip
LONG = (
    "Rà soát toàn bộ máy tính bảng đã cấp từ năm 2012 cho các đồng chí trong Ban Chấp hành, lập danh sách theo tình trạng "
    "sử dụng, báo cáo Ban Chỉ đạo phương án thay thế, điều chuyển hoặc thanh lý theo hướng tiết kiệm, phù hợp với yêu cầu của "
    "phòng họp không giấy tờ và kế hoạch ứng dụng công nghệ thông tin năm 2027 của địa phương đã được phê duyệt"
)
TITLES = [
    "Báo cáo kết quả sử dụng phần mềm quản lý văn bản tháng 11",
    LONG,
    "Chuyển phòng họp trực tuyến sang tầng 2, kiểm tra đường truyền trước kỳ họp",
    "Kiện toàn Ban Biên tập Trang thông tin điện tử",
    "Gửi tin, bài tuyên truyền về cải cách hành chính đủ chỉ tiêu trong tháng",
    "Chặn các trang web không phục vụ công việc tại bộ phận một cửa",
]
STATES = [
    ("red", "Quá hạn", -3), ("amber", "Sắp đến hạn", 2), ("blue", "Đang thực hiện", 9), ("violet", "Chờ xác nhận", 4),
    ("green", "Hoàn thành đúng hạn", None), ("olive", "Hoàn thành quá hạn", None), ("grey", "Chờ tiếp nhận", 12),
]  # fmt: skip


@dataclass
class Facts:
    """An item as the moves' macro needs it."""

    state: str = "in_progress"
    evidence_asked: bool = True


@dataclass
class Move:
    """A row of a table as the moves' macro reads it."""

    event: str
    label: Words
    needs: tuple[Need, ...] = ()
    confirm: Words | None = None
    key: str = ""
    tone: str = "grey"


@dataclass
class Refusal:
    """A refused move as the macro reads it."""

    reason: Words
    extra: dict[str, str] = field(default_factory=dict)


MOVES = [
    Move(
        "report",
        Words("Báo cáo hoàn thành", "Report completion"),
        (
            Need(
                "result",
                "long_text",
                Words("Kết quả", "Result"),
                help=Words("Viết một, hai câu.", "One or two sentences."),
            ),
            Need("files", "files", Words("Minh chứng", "Evidence"), required=False),
        ),
        key="b",
    ),
    Move(
        "progress",
        Words("Cập nhật tiến độ", "Update progress"),
        (Need("note", "long_text", Words("Diễn biến", "Note")),),
        key="t",
    ),
    Move(
        "request",
        Words("Đề nghị gia hạn", "Request extension"),
        (
            Need("due_on", "date", Words("Hạn mới", "New due date")),
            Need("reason", "long_text", Words("Lý do", "Reason")),
            Need("unit", "unit", Words("Đơn vị khác", "Other unit"), required=False),
        ),
        key="g",
    ),
]
REFUSALS = [
    (
        Move("confirm", Words("Xác nhận hoàn thành", "Confirm completion")),
        Refusal(Words("Nhiệm vụ chưa được báo cáo hoàn thành: đơn vị chủ trì báo cáo trước.", "Not reported yet.")),
    ),
]


class GalleryForm(FlaskForm):
    """One of each field."""

    title = StringField("Nội dung nhiệm vụ", [InputRequired("Hãy nhập nội dung nhiệm vụ."), Length(max=2000)])
    text = TextAreaField("Diễn biến", description="Viết ngắn gọn: đã làm gì, còn vướng gì.")
    due_on = StringField("Thời hạn hoàn thành", [InputRequired("Hãy nhập thời hạn.")])
    lead = SelectField("Đơn vị chủ trì", [InputRequired("Hãy chọn một đơn vị chủ trì.")])
    coordinating = SelectMultipleField("Đơn vị phối hợp", description="Có thể chọn nhiều đơn vị.")
    priority = RadioField(
        "Mức ưu tiên",
        choices=[SelectChoice("normal", "Thường"), SelectChoice("high", "Cao"), SelectChoice("urgent", "Khẩn")],
        default="normal",
    )
    wanted = IntegerField("Chỉ tiêu")
    told = BooleanField("Đã báo bằng điện thoại cho đơn vị")
    files = MultipleFileField("Minh chứng", description="Ảnh, PDF, Word hoặc Excel; mỗi tệp không quá 25 MB.")


def rows(count: int) -> list[SimpleNamespace]:
    """Return invented rows of a task list."""
    found = []
    for i in range(count):
        tone, word, left = STATES[i % len(STATES)]
        found.append(
            SimpleNamespace(
                id=i + 1, code=f"TB 12 – II.{i % 4 + 1}", title=TITLES[i % len(TITLES)], unit=UNITS[i % len(UNITS)],
                person="Nguyễn Thị Hồng Ngát" if i % 3 else "", tone=tone, word=word, left=left,
                due=TODAY + timedelta(days=i - 4) if i % 7 != 6 else None,
            )
        )  # fmt: skip
    return found


def events() -> list[SimpleNamespace]:
    """Return an invented history."""
    at = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
    return [
            SimpleNamespace(at=at, who="Trần Đức Vinh", said=Words("yêu cầu làm lại", "sent it back"), tone="amber", icon="arrow-back-up",
                            text="Chưa có danh sách máy theo người dùng. Bổ sung rồi báo cáo lại.", behalf="Lê Thu Hà"),
            SimpleNamespace(at=at - timedelta(days=2), who="Nguyễn Thị Hồng Ngát", said=Words("báo cáo hoàn thành", "reported completion"), tone="violet",
                            icon="send", text="Đã kiểm kê 37 trên 52 máy.", files=[SimpleNamespace(name="Bang-kiem-ke-may-tinh-bang.xlsx", href="#f", size=48_213)]),
            SimpleNamespace(at=at - timedelta(days=9), who="Hệ thống", said=Words("giao việc theo Thông báo số 12/TB-UBND", "assigned it"), tone="blue", icon="file-text"),
        ]  # fmt: skip


def context() -> dict[str, Any]:
    """Return all that the gallery shows."""
    empty = request.args.get("empty") == "1"
    form = GalleryForm(
        MultiDict()
        if "wrong" not in request.args
        else MultiDict({"title": "", "due_on": "31/2", "text": "Đã nhận máy"})
    )
    for choice in (form.lead, form.coordinating):
        choice.choices = [SelectChoice(str(i), name) for i, name in enumerate(UNITS, 1)]
    form.lead.choices = [SelectChoice("", "— chọn —"), *(form.lead.choices or ())]
    if "wrong" in request.args:
        form.validate()
    else:
        form.coordinating.data = ["2", "3"]
    return {
        "rows": [] if empty else rows(30), "form": form, "today": TODAY, "long": LONG, "facts_of": Facts(),
        "moves_offered": MOVES, "refused": REFUSALS, "units": list(enumerate(UNITS, 1)),
        "legend": [("green", "Đúng hạn"), ("olive", "Quá hạn, đã xong"), ("blue", "Đang làm"), ("red", "Quá hạn")],
        "bars": [
            {"label": name, "counts": [9 - i, i % 3, 4 + i % 2, (i * 2) % 4], "hrefs": ["#a", "#b", "#c", "#d"], "href": "#u",
             "note": f"{90 - i * 4},0 %"}
            for i, name in enumerate(UNITS)
        ],
        "months": [(f"T{m}", 62 + m * 2.5 if m != 4 else None, 55 + m * 2.0 if m != 4 else None) for m in range(1, 13)],
        "days": [(TODAY + timedelta(days=i), (i * 5) % 4 if i % 3 else 0, "#d", (TODAY + timedelta(days=i)).weekday() > 4) for i in range(30)],
        "events": events(),
        "steps_items": [
            SimpleNamespace(words="Giấy mời đã gửi 14 người", done=True),
            SimpleNamespace(words="3 kết luận chưa có đơn vị chủ trì", done=False, href="#s", note="Ban hành thông báo cần đủ đơn vị chủ trì."),
            SimpleNamespace(words="Thông báo kết luận", done=False, href="#n", note="Hạn 30/11/2026, còn 5 ngày làm việc."),
            SimpleNamespace(words="Họp trực tuyến", done=None),
        ],
    }  # fmt: skip


def make_app() -> Flask:
    """Return a small app that shows the gallery, the error pages and the bare layout."""
    app = Flask("gallery", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "app" / "static"))
    app.config.update(SECRET_KEY="gallery", WTF_CSRF_ENABLED=False, BABEL_DEFAULT_LOCALE="vi")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "app" / "translations")
    Babel(app, locale_selector=lambda: request.args.get("lang", "vi"))
    CSRFProtect(app)
    ui.init_app(app)
    for endpoint in (
        "home.chair",
        "home.secretary",
        "tasks.list",
        "meetings.list",
        "notices.list",
        "reports.list",
        "setup.index",
        "home.notifications",
    ):
        app.add_url_rule("/" + endpoint.replace(".", "/"), endpoint, lambda: "")

    _add_pages(app)
    return app


def _add_pages(app: Flask) -> None:
    @app.context_processor
    def shell() -> dict[str, Shell]:
        args = request.args
        shell = Shell(
            theme=args.get("theme", "auto"), language=args.get("lang", "vi"), folded="folded" in args, pane=request.headers.get("HX-Target") == "pane",
            demo="demo" in args, authority="UBND phường Sông Mây", committee="Ban Chỉ đạo Chuyển đổi số",
            person="" if "bare" in request.path else "Lê Thu Hà", office="Thư ký Ban Chỉ đạo", unread=12, here=request.path,
            links=links({"secretary", "chair"}, "tasks.list"),
        )  # fmt: skip
        return {"shell": shell}

    @app.route("/gallery")
    def gallery() -> str:
        if "flash" in request.args:
            flash("Đã ban hành Thông báo số 12/TB-UBND; 9 nhiệm vụ đã giao cho 7 đơn vị.", "success")
        return render_template("layout/gallery.html", **context())

    @app.route("/gallery/<int:number>")
    def row(number: int) -> str:
        return render_template("layout/gallery_task.html", row=rows(30)[number - 1], **context() | {"rows": []})

    @app.route("/bare/<name>")
    def bare(name: str) -> str:
        return render_template(f"errors/{name}.html", request_id="7f3a9c")

    @app.after_request
    def policy(response: Any) -> Any:  # noqa: ANN401 -- Flask's own object
        response.headers["Content-Security-Policy"] = POLICY
        return response


if __name__ == "__main__":
    make_app().run(port=8765)
