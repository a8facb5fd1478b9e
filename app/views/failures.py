"""A failure becomes a page, or JSON for a program: one clear sentence and what to do next, once for all routes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import current_app, jsonify, redirect, render_template, request
from flask_babel import get_locale
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from app import db
from app.errors import ChangedMeanwhileError, DomainError, Sentence

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

log = logging.getLogger("dondoc")
CSRF = Sentence(
    "Phiên làm việc của biểu mẫu này đã hết hạn. Nội dung bạn nhập được giữ trên máy này: "
    "hãy quay lại trang trước, tải lại trang rồi gửi lại.",
    "This form's session has ended. What you typed is kept on this device: go back, reload the page and send it again.",
)
MEGABYTE = 1024 * 1024
LARGE = Sentence(
    "Nội dung gửi lên quá lớn. Hãy chia nhỏ văn bản (tối đa 1 MB) hoặc chọn tệp nhỏ hơn 25 MB.",
    "What you sent is too large. Split the text (1 MB at most) or choose a file under 25 MB.",
)
HEAVY = Sentence(
    "Các tệp gửi lên nặng {size} MB, quá giới hạn {most} MB cho một lần gửi (mỗi tệp tối đa 25 MB). Hãy quay lại "
    "trang trước, nén hoặc bỏ bớt tệp rồi gửi lại; nhiều tệp lớn thì gửi làm nhiều lần.",
    "The files you sent weigh {size} MB, over the {most} MB that go at once (25 MB a file). Go back, compress "
    "or leave some files out, then send again; send many large files in several goes.",
)
BUSY = Sentence(
    "Hệ thống đang bận và chưa ghi được. Nội dung bạn nhập được giữ trên máy này: hãy chờ một phút rồi gửi lại.",
    "The system is busy and could not save. What you typed is kept on this device: wait a minute, then send it again.",
)
BROKEN = Sentence(
    "Có lỗi ngoài dự kiến, chưa có gì được ghi. Hãy thử lại; nếu vẫn lỗi, báo quản trị hệ thống kèm thời điểm này.",
    "Something unexpected went wrong and nothing was saved. Try again; if it stays, tell your administrator the time.",
)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, lambda _error: answer(400, CSRF, "csrf"))
    app.register_error_handler(RequestEntityTooLarge, lambda _error: answer(413, _too_large()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(500, _unexpected)


def wants_json() -> bool:
    """Tell whether a program asks, not a person."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes[best] > request.accept_mimetypes["text/html"]


def answer(status: int, sentence: Sentence | None = None, page_name: str = "") -> ResponseReturnValue:
    """Return the page (or JSON) for a failure, in the reader's language; its page is that of the status, else named."""
    english = str(get_locale()) == "en"
    words = (sentence.en if english else sentence.vi) if sentence else None
    if wants_json():
        return jsonify(error={"status": status, "sentence": words}), status
    try:
        page = render_template(f"errors/{page_name or status}.html", sentence=words, status=status)
    except TemplateNotFound:
        page = render_template("errors/400.html", sentence=words, status=status)
    return page, status


def _too_large() -> Sentence:
    """Say which limit was passed: that of all files together, or that of the text in a form."""
    most, sent = current_app.config["MAX_CONTENT_LENGTH"], request.content_length or 0
    if sent <= most:
        return LARGE
    said = {"size": -(-sent // MEGABYTE), "most": most // MEGABYTE - 1}
    return Sentence(HEAVY.vi.format(**said), HEAVY.en.format(**said))


def _domain(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    # Here no form is drawn again, in which what was typed would be kept: the page has words of its own.
    alone = isinstance(error, ChangedMeanwhileError) and not wants_json()
    return answer(error.status, None if alone else error.sentence)


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if isinstance(error, MethodNotAllowed) and (page := _page_above()):
        return redirect(page, 303)
    if code < 400:  # noqa: PLR2004 -- a redirect raised as an exception
        return error.get_response()
    response = answer(code)
    headers = [(k, v) for k, v in error.get_headers() if k in {"Allow", "Retry-After"}]
    return (*response, dict(headers)) if isinstance(response, tuple) and headers else response


def _page_above() -> str:
    """Return the nearest page above an address that only takes a form; empty where there is none.

    A refused form is shown at the address it was sent to, which people open again: by Enter, from a restored tab.
    Who may see that page, it asks itself.
    """
    if request.method not in {"GET", "HEAD"} or wants_json() or request.headers.get("HX-Request"):
        return ""
    adapter, parts = current_app.create_url_adapter(request), request.path.strip("/").split("/")
    while adapter and len(parts := parts[:-1]) > 0:
        address = "/" + "/".join(parts)
        try:
            adapter.match(address, "GET")
        except RequestRedirect:
            return f"{address}/"
        except HTTPException:
            continue
        return address
    return ""


def _database(error: OperationalError) -> ResponseReturnValue:
    db.session.rollback()
    log.warning("database: %s", error.orig)
    return answer(503, BUSY)


def _unexpected(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("unexpected", exc_info=error)
    return answer(500, BROKEN)
