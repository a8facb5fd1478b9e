"""Whether pages stay as quick when tasks get many: each page on data of several sizes, one after the other in turn."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select, update

from app import db
from app.bench.measuring import MS
from app.bench.operations import GO_ON
from app.bench.own_house import SECRETARY_LOGIN
from app.bench.pages import Page, counted, enter, installation, open_page, pages, token_in
from app.bench.processes import busy_time
from app.errors import DomainError
from app.models import TaskSpan
from app.queries.stamps import forget_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine

    from app.bench.stores import Store

SIZES, QUICK_SIZES = (10_000, 100_000, 1_000_000), (200, 400)
GROWTH = 1.5
"""The bar: a page's median at the largest size is at most so many times that at the smallest."""
TIMES, QUICK_TIMES = 9, 2
LONG = 5.0
"""A page that takes more seconds is measured but once: what it takes is plain enough."""
CHANGED_BEFORE = frozenset({"month", "months"})
"""Pages of what is kept until the ledger changes: it is changed before each look, so that none finds it as it was."""
MOVE = Page("move", "một bước chuyển", "one move", SECRETARY_LOGIN, "/moves/task/{}/send_back")


class Taken(NamedTuple):
    """What a page took once: seconds until its answer, and of the processor here and in PostgreSQL's own process."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Grown:
    """One page on one engine: by number of tasks, median milliseconds, processor milliseconds, statements."""

    engine: str
    page: str
    ms: Mapping[int, float]
    cpu_ms: Mapping[int, float]
    statements: Mapping[int, int]

    @property
    def ratio(self) -> float:
        """How many times the median of the smallest size the largest takes."""
        return self.ms[max(self.ms)] / self.ms[min(self.ms)]

    @property
    def cpu_ratio(self) -> float:
        """The same of processor time, which others on the machine disturb less."""
        return self.cpu_ms[max(self.ms)] / self.cpu_ms[min(self.ms)]

    @property
    def met(self) -> bool:
        """Whether the bar is met at the median."""
        return self.ratio <= GROWTH

    def as_json(self) -> dict[str, Any]:
        """Return the row for a program."""
        figures = {
            str(size): {"ms": self.ms[size], "cpu_ms": self.cpu_ms[size], "statements": self.statements[size]}
            for size in sorted(self.ms)
        }
        ratios = {"ratio": round(self.ratio, 2), "cpu_ratio": round(self.cpu_ratio, 2), "bar": GROWTH, "met": self.met}
        return {"engine": self.engine, "page": self.page, "tasks": figures} | ratios


class Grounds(NamedTuple):
    """An installation on data of one size."""

    app: Flask
    store: Store
    engine: Engine


def grown_pages(engine: str, stores: Mapping[int, Store], today: date, word: str, times: int) -> Iterator[Grown]:
    """Open each page, and make a move, in installations of each size in turn, and yield what they took."""
    with ExitStack() as stack:
        grounds = {
            size: _grounds(stack.enter_context(installation(store.url)), store) for size, store in stores.items()
        }
        for page in pages(today, word):
            openers = {size: _opener(each.app, page) for size, each in grounds.items()}
            yield _grown(engine, page.name, grounds, openers, times, changed=page.name in CHANGED_BEFORE)
        movers = {size: _mover(each.app, each.store.facts["movable"]) for size, each in grounds.items()}
        yield _grown(engine, MOVE.name, grounds, movers, times)


def _grounds(app: Flask, store: Store) -> Grounds:
    with app.app_context():
        return Grounds(app, store, db.engine())


def _grown(  # noqa: PLR0913 -- a page, where it is opened, and whether something changes before
    engine: str,
    page: str,
    grounds: Mapping[int, Grounds],
    ask: Mapping[int, Callable[[], None]],
    times: int,
    *,
    changed: bool = False,
) -> Grown:
    """Ask in installations of each size in turn; `changed`: the ledger has changed before each time."""
    found: dict[int, list[Taken]] = {size: [] for size in grounds}
    statements: dict[int, int] = {}
    for size, each in grounds.items():
        if changed:
            ask[size]()
            _change_ledger(each.app)
        with counted(each.app) as sent:
            ask[size]()  # warms up, too
        statements[size] = len(sent)
    for _ in range(times):
        for size, each in grounds.items():
            if found[size] and found[size][-1].seconds > LONG:
                continue
            if changed:
                _change_ledger(each.app)
            forget_kept()  # the dearest case: what is kept between pages does not grow with tasks anyway
            cpu, begun = busy_time(each.engine), time.perf_counter()
            ask[size]()
            seconds = time.perf_counter() - begun
            found[size].append(Taken(seconds, busy_time(each.engine) - cpu))
    return Grown(
        engine,
        page,
        {size: _ms(each.seconds for each in taken) for size, taken in found.items()},
        {size: _ms(each.cpu for each in taken) for size, taken in found.items()},
        statements,
    )


def _change_ledger(app: Flask) -> None:
    """Write the newest line of the ledger again: what was computed before is then no longer of now, as by a move."""
    newest = select(func.max(TaskSpan.id)).scalar_subquery()
    with app.app_context(), db.transaction() as session:
        session.execute(update(TaskSpan).where(TaskSpan.id == newest).values(event=TaskSpan.event))


def _ms(seconds: Iterator[float]) -> float:
    return round(median(seconds) * MS, 2)


def _opener(app: Flask, page: Page) -> Callable[[], None]:
    client = enter(app, page.login)

    def ask() -> None:
        open_page(client, page)

    return ask


def _mover(app: Flask, movable: Sequence[int]) -> Callable[[], None]:
    client, waiting = enter(app, MOVE.login), iter(movable)
    token = token_in(client, "/tasks/")

    def ask() -> None:
        _move(client, next(waiting), token)

    return ask


def _move(client: FlaskClient, number: int, token: str) -> None:
    form = {"csrf_token": token, "version": 4, "reason": "Cần bổ sung số liệu"}
    status = client.post(MOVE.path.format(number), data=form).status_code
    if status != GO_ON:
        raise DomainError(
            f"Bước chuyển của nhiệm vụ {number} trả lời mã {status}; không đo được.",
            f"The move of task {number} answered {status}; it cannot be measured.",
        )
