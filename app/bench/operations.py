"""What is measured: the same operation on the floor and on our full pages, every answer checked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.bench.client import Client
from app.bench.own_house import CHAIR_LOGIN, PASSWORD, SECRETARY_LOGIN
from app.bench.processes import workers_of
from app.bench.sample import HITS, UNITS, rare_words
from app.errors import DomainError
from app.queries.overview import WORST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.bench.client import Answer
    from app.bench.stores import Store

PAGE, PAGES = 25, 20
LINES = 3
"""So many lines of history a task has at least."""
OK, GO_ON = 200, 303
FOUND = b' class="row-title"'
FOUND_ANYWHERE, COUNTED, FIRST = b'class="found-name"', b'<span class="tab-count">%d</span>' % HITS, 5
"""A hit of a search everywhere, how many tasks it counts, and how many of them it shows at least."""
BOARD_LINE = b'<span class="display-unit">'
UNIT_LINE, FLOOR_UNIT_LINE = b'<th scope="row">', b"<tr class=line>"


class Step(NamedTuple):
    """One request, ready to send, and what tells whether its answer is right."""

    request: bytes
    is_right: Callable[[Answer], bool]


@dataclass
class Side:
    """One server with its client, by operation an endless supply of steps, and the processes that work for it."""

    client: Client
    steps: dict[str, Iterator[Step]]
    workers: Sequence[int] = ()


@dataclass(frozen=True)
class Operation:
    """A row of the table: its name, words, and how many times the floor it may take."""

    name: str
    vi: str
    en: str
    bar: float


OPERATIONS = (
    Operation("list", "danh sách", "list", 2.0),
    Operation("task", "một nhiệm vụ", "one task", 3.0),
    Operation("move", "một bước chuyển", "one move", 2.4),
    Operation("search", "tìm kiếm", "search", 3.9),
    Operation("everywhere", "tìm ở mọi nơi", "search everywhere", 3.9),
    Operation("summary", "đơn vị × trạng thái", "units × status", 1.4),
    Operation("board", "bảng ở phòng họp", "meeting room's board", 1.4),
)


def floor_side(port: int, store: Store, tasks: int) -> Side:
    """Return the floor's requests.

    Over 40 lines: what is asked and what counts as an answer stand side by side.
    """
    client, overdue = Client(port), f"<p>{store.facts['overdue']} tasks</p>".encode()

    def listed(answer: Answer) -> bool:
        return answer.status == OK and overdue in answer.body and answer.body.count(b'<tr class="line') == PAGE

    def shown(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(b"<li>") >= LINES

    def found(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(b'<tr class="line') == PAGE

    def summed(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(FLOOR_UNIT_LINE) == UNITS

    movable, numbers = itertools.cycle(store.facts["movable"]), itertools.cycle(spread(tasks))
    return Side(
        client,
        {
            "list": (Step(client.request("GET", f"/list?page={n}"), listed) for n in pages(store.facts["overdue"])),
            "task": (Step(client.request("GET", f"/task/{n}"), shown) for n in numbers),
            "move": (Step(client.request("POST", f"/move/{n}", {"status": "new"}), is_gone_on) for n in movable),
            "search": (Step(client.request("GET", f"/search?word={w}"), found) for w in itertools.cycle(rare_words())),
            "everywhere": (
                Step(client.request("GET", f"/search?word={w}"), found) for w in itertools.cycle(rare_words())
            ),
            "summary": itertools.repeat(Step(client.request("GET", "/summary"), summed)),
            "board": itertools.repeat(Step(client.request("GET", "/summary"), summed)),
        },
        workers_of(port),
    )


def own_side(port: int, store: Store, tasks: int) -> Side:
    """Log in as the secretary, for the summary as the chair, and return the product's requests.

    Over 40 lines: what is asked and what counts as an answer stand side by side.
    """
    client, chair = Client(port), Client(port)
    token = log_in(client)
    log_in(chair, CHAIR_LOGIN)
    overdue, hits = _total(store.facts["overdue"]), _total(HITS)
    overdue_number = f">{_number(store.facts['overdue'])}</a>".encode()

    def listed(answer: Answer) -> bool:
        return answer.status == OK and overdue in answer.body and answer.body.count(FOUND) == PAGE

    def shown(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(b'<li class="moment ') >= LINES

    def found(answer: Answer) -> bool:
        return answer.status == OK and hits in answer.body and answer.body.count(FOUND) == PAGE

    def found_everywhere(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(FOUND_ANYWHERE) >= FIRST and COUNTED in answer.body

    def summed(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(UNIT_LINE) >= UNITS

    def boarded(answer: Answer) -> bool:
        return answer.status == OK and answer.body.count(BOARD_LINE) >= WORST and overdue_number in answer.body

    def sent_back(number: int) -> Step:
        # The version that the data set gave it: assigned, accepted, reported.
        form = {"csrf_token": token, "version": 4, "reason": "Cần bổ sung số liệu"}
        return Step(client.request("POST", f"/moves/task/{number}/send_back", form), is_gone_on)

    page, search = "/tasks/?status=overdue&page={}", "/tasks/?status=all&q={}"
    numbers, words = itertools.cycle(spread(tasks)), itertools.cycle(rare_words())
    return Side(
        client,
        {
            "list": (Step(client.request("GET", page.format(n)), listed) for n in pages(store.facts["overdue"])),
            "task": (Step(client.request("GET", f"/tasks/{n}"), shown) for n in numbers),
            "move": (sent_back(number) for number in store.facts["movable"]),
            "search": (Step(client.request("GET", search.format(word)), found) for word in words),
            "everywhere": (
                Step(client.request("GET", f"/search/?q={word}"), found_everywhere)
                for word in itertools.cycle(rare_words())
            ),
            "summary": itertools.repeat(Step(chair.request("GET", "/chair/1/units"), summed)),
            "board": itertools.repeat(Step(chair.request("GET", "/board/1"), boarded)),
        },
        workers_of(port),
    )


def log_in(client: Client, login: str = SECRETARY_LOGIN) -> str:
    """Log in through the page, as anybody does, and return the token that forms send along.

    From then on the cookie stays as a browser has it that has shown a page.
    """
    form = {"csrf_token": client.get("/login").token, "login": login, "password": PASSWORD}
    answer = client.post("/login", form)
    token = client.get("/tasks/").token
    if answer.status != GO_ON or not token:
        raise DomainError(
            f"Không đăng nhập được vào máy chủ đo (mã {answer.status}).",
            f"Logging in to the measured server failed (status {answer.status}).",
        )
    client.learns = False
    return token


def pages(total: int) -> Iterator[int]:
    """Yield the numbers of the first full pages, round and round."""
    return itertools.cycle(range(1, max(2, min(PAGES, total // PAGE) + 1)))


def spread(tasks: int) -> range:
    """Return numbers of tasks from the whole set, some hundred of them."""
    return range(1, tasks + 1, max(1, tasks // 997))


def is_gone_on(answer: Answer) -> bool:
    """Tell whether a move was made: the answer leads to the task's page."""
    return answer.status == GO_ON and "/task" in answer.headers.get("location", "")


def _total(count: int) -> bytes:
    return f"{_number(count)} mục".encode()


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
