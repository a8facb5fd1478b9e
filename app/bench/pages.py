"""What each page costs beside its time: SQL statements, and what it sends, compressed as a proxy would."""

from __future__ import annotations

import gzip
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import event

from app import db
from app.bench.measuring import MS
from app.bench.operations import OK
from app.bench.own_house import CHAIR_LOGIN, HEAD_LOGIN, PASSWORD, SECRETARY_LOGIN, START_DAY
from app.errors import DomainError
from app.factory import create_app
from app.queries.stamps import forget_kept
from config import Settings
from workflows.periods import PeriodRule, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from flask import Flask
    from flask.testing import FlaskClient

STATEMENTS, KILOBYTES = 12, 60.0
"""The bars: SQL statements of a page whatever its rows, and kilobytes that it sends."""
LONG = 2.0
"""A page that takes more seconds is asked only once more: what it takes is plain enough."""
_KB = 1024
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Page(NamedTuple):
    """A page that is looked at: its name, words, who opens it, and its address."""

    name: str
    vi: str
    en: str
    login: str
    path: str


def pages(today: date, word: str) -> list[Page]:
    """Return the pages looked at; `word` is one that 50 tasks hold."""
    month = period_of(today, [PeriodRule(today.replace(year=today.year - 3, month=1, day=1), START_DAY)]).start
    return [
        Page("list", "danh sách quá hạn", "overdue list", SECRETARY_LOGIN, "/tasks/?status=overdue"),
        Page("task", "một nhiệm vụ", "one task", SECRETARY_LOGIN, "/tasks/1"),
        Page("search", "tìm kiếm", "search", SECRETARY_LOGIN, f"/tasks/?status=all&q={word}"),
        Page("everywhere", "tìm ở mọi nơi", "search everywhere", SECRETARY_LOGIN, f"/search/?q={word}"),
        Page("chair", "trang của trưởng ban", "chair's home", CHAIR_LOGIN, "/chair"),
        Page("units", "đơn vị × tình trạng", "units × status", CHAIR_LOGIN, "/chair/1/units"),
        Page("board", "bảng ở phòng họp", "meeting room's board", CHAIR_LOGIN, "/board/1"),
        Page("desk", "bàn thư ký", "secretary's desk", SECRETARY_LOGIN, "/desk"),
        Page("unit", "trang của đơn vị", "unit's home", HEAD_LOGIN, "/unit"),
        Page("month", "báo cáo tháng đang chạy", "running month", SECRETARY_LOGIN, f"/reports/1/{month}"),
        Page("months", "danh sách báo cáo tháng", "list of months", SECRETARY_LOGIN, "/reports/"),
    ]


@dataclass(frozen=True)
class PageCost:
    """What a page costs: median milliseconds inside one process, SQL statements, and kilobytes plain and compressed.

    `ms_anew` is what it takes with nothing kept of earlier pages, as after a start or somebody's change of everything;
    statements are counted then, too.
    """

    engine: str
    page: str
    ms: float
    ms_anew: float
    statements: int
    kb: float
    kb_compressed: float

    @property
    def met(self) -> bool:
        """Whether both bars of a page are met."""
        return self.statements <= STATEMENTS and self.kb_compressed <= KILOBYTES

    def as_json(self) -> dict[str, Any]:
        """Return the row for a program."""
        return {**asdict(self), "statement_bar": STATEMENTS, "kb_bar": KILOBYTES, "met": self.met}


@contextmanager
def installation(url: str) -> Iterator[Flask]:
    """Give an installation in this process on a filled database."""
    with TemporaryDirectory(prefix="dondoc-bench-") as folder:
        app = create_app(Settings(database_url=url, var_dir=Path(folder), secret_key="do-toc-do" * 6))
        try:
            yield app
        finally:
            with app.app_context():
                db.engine().dispose()


def page_costs(engine: str, url: str, today: date, word: str, times: int) -> list[PageCost]:
    """Open each page of an installation on a filled database some times."""
    with installation(url) as app:
        return [_cost(app, engine, page, times) for page in pages(today, word)]


def _cost(app: Flask, engine: str, page: Page, times: int) -> PageCost:
    client = enter(app, page.login)
    open_page(client, page)
    with counted(app) as statements:
        body, seconds = open_page(client, page)
    anew, took = [seconds], [open_page(client, page)[1]]
    while len(took) < times and seconds < LONG:
        forget_kept()
        anew.append(open_page(client, page)[1])
        took.append(open_page(client, page)[1])
    sent = gzip.compress(body, 6)
    return PageCost(
        engine, page.name, round(median(took) * MS, 1), round(median(anew) * MS, 1), len(statements),
        round(len(body) / _KB, 1), round(len(sent) / _KB, 1),
    )  # fmt: skip


def enter(app: Flask, login: str) -> FlaskClient:
    """Log somebody in through the page and return the browser."""
    client = app.test_client()
    form = {"csrf_token": token_in(client, "/login"), "login": login, "password": PASSWORD}
    client.post("/login", data=form)
    return client


def token_in(client: FlaskClient, path: str) -> str:
    """Return the token that a form of a page sends along; empty where there is none."""
    found = _TOKEN.search(client.get(path).get_data(as_text=True))
    return found[1] if found else ""


def open_page(client: FlaskClient, page: Page) -> tuple[bytes, float]:
    """Open a page and return what it sent and the seconds it took.

    :raises DomainError: it did not answer as it should.
    """
    begun = perf_counter()
    answer = client.get(page.path)
    seconds = perf_counter() - begun
    if answer.status_code != OK:
        raise DomainError(
            f"Trang {page.path} trả lời mã {answer.status_code}; không đo được.",
            f"The page {page.path} answered {answer.status_code}; it cannot be measured.",
        )
    return answer.get_data(), seconds


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that an application sends; what opens a transaction is none.

    What it kept of earlier pages is forgotten first: the dearest case is counted.
    """
    forget_kept()
    with app.app_context():
        engine = db.engine()
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
