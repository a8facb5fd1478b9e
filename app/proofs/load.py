"""Proof: under a steady mix of readers and writers nothing fails, and every accepted write is in the log once."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Event, Progress
from app.proofs import crowd_house
from app.proofs.crowd import BROKEN, CONFLICT, DONE, OK, site, version_in
from app.proofs.crowd_house import CHAIR
from app.proofs.databases import add_engine, application, engines_of, fresh_database
from app.proofs.figures import Figure, apart, conclude, report
from app.services.verification import CHECKS
from workflows.task import TASK

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app.bench.client import Answer
    from app.proofs.crowd import Site, Visitor
    from app.proofs.crowd_house import House

SECONDS, PEOPLE = 60.0, 16
CHAIRS = 4
"""One person of so many is the chair."""
UNITS, TASKS = 4, 6
"""Few tasks for many people, so that they get in each other's way."""
LIST, PAGE, HOME, NOTE, MOVE = (
    "danh sách (list)",
    "nhiệm vụ (task)",
    "trang chủ (home)",
    "tiến độ (note)",
    "bước (move)",
)
MIX = {LIST: 30, PAGE: 25, HOME: 10, NOTE: 20, MOVE: 15}
"""How many of 100 requests are of each kind; a move opens the task's page first, as anybody would."""
SAID = "Lời số "
SHOWN = 20
MS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let the length, the number of people, the database and the server be chosen."""
    add_engine(parser)
    parser.add_argument("--seconds", type=float, default=SECONDS, help=f"bao lâu (how long), mặc định {SECONDS:.0f}")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"số người (people), mặc định {PEOPLE}")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình máy chủ (server processes), mặc định 1")


def prove(args: argparse.Namespace) -> int:
    """Run the load on each engine and print its figures; 1 if anything failed or a write was lost."""
    print(f"people: {args.people}, seconds: {args.seconds:.0f}, workers: {args.workers}", flush=True)
    held = [_load_on(engine, args) for engine in engines_of(args)]
    return conclude(kept=all(held))


def _load_on(engine: str, args: argparse.Namespace) -> bool:
    with fresh_database(engine) as url, application(url) as app:
        with app.app_context():
            house = crowd_house.found(units=UNITS, heads=-(-args.people // UNITS), tasks=TASKS, notices=0)
        with site(url, args.workers) as served:
            workers = _crowd(served, house, args.people)
            seconds = _run(workers, args.seconds)
            with app.app_context():
                written = [one for worker in workers for one in worker.written]
                figures = [*_speed(workers, seconds), *kept(written), *_faults(workers, served)]
    return report(engine, figures)


class Written(NamedTuple):
    """The words somebody sent, on which task, by which move, and whether they were accepted."""

    task: int
    event: str
    words: str
    accepted: bool


@dataclass
class Worker:
    """Somebody who works through the mix, on his unit's tasks or, who rules, on all."""

    number: int
    visitor: Visitor
    tasks: Sequence[int]
    rules: bool
    seconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in MIX})
    statuses: Counter[int] = field(default_factory=Counter)
    written: list[Written] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Take one request after the other until the time is over."""
        kinds, weights, dice = [*MIX], [*MIX.values()], random.Random(self.number)
        while time.monotonic() < until:
            (kind,) = dice.choices(kinds, weights)
            task = dice.choice(self.tasks)
            if kind == LIST:
                self._see(kind, dice.choice(("/tasks/", "/tasks/?status=reported", "/tasks/?q=so+lieu")))
            elif kind == HOME:
                self._see(kind, "/chair" if self.rules else "/unit")
            elif kind == NOTE and not self.rules:
                self._write(NOTE, task, "progress", {"note": self._words()})
            elif kind in {NOTE, MOVE}:
                version = version_in(self._see(PAGE, f"/tasks/{task}"))
                event, name = ("send_back", "reason") if self.rules else ("report", "result")
                self._write(MOVE, task, event, {"version": version, name: self._words()})
            else:
                self._see(kind, f"/tasks/{task}")
        self.visitor.client.close()

    def _words(self) -> str:
        return f"{SAID}{len(self.written)} của người {self.number}"

    def _see(self, kind: str, path: str) -> Answer:
        answer = self.visitor.look(path)
        self._note(kind, path, answer, answer.status == OK)
        return answer

    def _write(self, kind: str, task: int, event: str, form: dict[str, object]) -> None:
        words = str([*form.values()][-1])
        path = f"/moves/task/{task}/{event}"
        answer = self.visitor.act(path, form)
        self.written.append(Written(task, event, words, answer.status == DONE))
        # Refused is in order where somebody was first, if the words come back with the refusal.
        kept = answer.status == CONFLICT and words.encode() in answer.body
        self._note(kind, path, answer, answer.status == DONE or kept)

    def _note(self, kind: str, path: str, answer: Answer, in_order: bool) -> None:  # noqa: FBT001 -- one verdict
        self.seconds[kind].append(answer.seconds)
        self.statuses[answer.status] += 1
        if not in_order:
            self.faults.append(f"{answer.status} {path} {answer.body[:80]!r}")


def _crowd(served: Site, house: House, people: int) -> list[Worker]:
    """Log people in, unit by unit; every fourth is the chair, who sees and rules on everything."""
    units = [*house.heads]
    everything = [task for tasks in house.tasks.values() for task in tasks]
    workers = []
    for number in range(people):
        unit, rules = units[number % UNITS], number % CHAIRS == 0
        login = CHAIR if rules else house.heads[unit][number // UNITS]
        (visitor,) = served.enter([login])
        workers.append(Worker(number, visitor, everything if rules else house.tasks[unit], rules=rules))
    return workers


def _run(workers: Sequence[Worker], seconds: float) -> float:
    """Let everybody work at the same time; return how long it took, in seconds."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(worker.work, began + seconds) for worker in workers]:
            done.result()
    return time.monotonic() - began


def _speed(workers: Sequence[Worker], seconds: float) -> list[Figure]:
    """Return requests a second, and by kind how many there were and how long they took."""
    times = {kind: sorted(t for worker in workers for t in worker.seconds[kind]) for kind in MIX}
    everything = sorted(t for kind in times.values() for t in kind)
    figures = [Figure("yêu cầu mỗi giây (requests a second)", len(everything) / seconds)]
    for kind, found in {"tất cả (all)": everything, **times}.items():
        figures += [
            Figure(f"{kind}: số yêu cầu (requests)", len(found)),
            Figure("  ms, một nửa nhanh hơn (p50)", MS * quantile(found, 50)),
            Figure("  ms, 95 % nhanh hơn (p95)", MS * quantile(found, 95)),
        ]
    return figures


def quantile(found: Sequence[float], percent: int) -> float:
    """Return what so many percent of sorted values do not exceed; 0 of none."""
    return found[min(len(found) - 1, len(found) * percent // 100)] if found else 0.0


def kept(written: Sequence[Written]) -> list[Figure]:
    """Compare what people were told of their writes with what stands in the log and among the lines of progress."""
    accepted = Counter((one.task, one.event, one.words) for one in written if one.accepted)
    events = select(Event.subject_id, Event.event, Event.reason).where(
        Event.subject == TASK.name, Event.reason.startswith(SAID)
    )
    log = Counter((row.subject_id, row.event, row.reason) for row in session.execute(events))
    notes = Counter(session.scalars(select(Progress.note)))
    noted = Counter(words for (_, event, words) in accepted.elements() if event == "progress")
    return [
        Figure("lần ghi được nhận (writes accepted)", accepted.total()),
        Figure("  mất khỏi nhật ký (not in the log)", (accepted - log).total(), 0),
        Figure("  thừa hoặc hai lần trong nhật ký (strange or twice in the log)", (log - accepted).total(), 0),
        Figure("  dòng tiến độ mất, thừa (lines of progress lost or strange)", apart(notes, noted), 0),
        Figure("lần ghi nhường người khác, được trả lại lời (refused with the words given back)",
               len(written) - accepted.total()),
    ]  # fmt: skip


def _faults(workers: Sequence[Worker], served: Site) -> list[Figure]:
    """Return what went wrong: answers, the server's log, and what verify finds."""
    faults = [fault for worker in workers for fault in worker.faults]
    statuses = sum((worker.statuses for worker in workers), Counter[int]())
    troubles = served.troubles()
    wrong = [line for _name, check in CHECKS for line in check()]
    for line in [*faults, *troubles, *wrong][:SHOWN]:
        print(f"  ! {line}")
    return [
        Figure("lỗi (errors)", len(faults), 0),
        Figure("  trong đó mã 5xx (of these 5xx)", sum(n for code, n in statuses.items() if code >= BROKEN), 0),
        Figure("máy chủ báo cơ sở dữ liệu bận, lỗi (locks and errors in the server's log)", len(troubles), 0),
        Figure("chỗ không khớp khi kiểm tra sổ (faults found by verify)", len(wrong), 0),
    ]
