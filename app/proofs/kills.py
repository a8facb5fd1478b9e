"""Proof: schedulers killed with kill -9 at random moments lose no message and tell nobody twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import time_machine
from sqlalchemy import func, select

from app.clock import start_of
from app.db import session, transaction
from app.models import Delivery, Message, Notification, ReminderDay
from app.models.ledger import DIGEST, SENT
from app.proofs import kills_house
from app.proofs.databases import add_engine, application, engines_of, fresh_database
from app.proofs.kills_worker import Day, work
from app.proofs.slow_mail import HOST, SlowMail, serving
from app.services.telling import tell
from workflows.workdays import Calendar

if TYPE_CHECKING:
    import argparse
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from multiprocessing.synchronize import Event

    from flask import Flask

    from app.proofs.kills_house import House, Key

KILLS = 100
KILLS_A_DAY = 10
SHORTEST, LONGEST = 0.05, 0.9
"""Seconds a process may work before it is killed, chosen anew each time."""
SLOWNESS = 0.15
NODES = 2
PATIENCE = 120.0
"""Seconds without any progress after which what is left counts as lost."""
FIRST_DAY = date(2026, 3, 4)
SHOWN = 10
URGENT_RULE = "proof.urgent"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let the dose and the database be chosen."""
    parser.add_argument("--kills", type=int, default=KILLS, metavar="SỐ", help=f"số lần giết (kills), mặc định {KILLS}")
    add_engine(parser)
    parser.add_argument("--seed", type=int, default=None, metavar="SỐ", help="để lặp lại (to repeat a run's choices)")


def prove(args: argparse.Namespace) -> int:
    """Run the proof on each engine and print its figures; 1 if anything was lost or told twice."""
    seed = args.seed if args.seed is not None else random.randrange(10**6)
    print(f"kills: {args.kills}, seed: {seed}, nodes: {NODES}", flush=True)
    kept = True
    for engine in engines_of(args):
        random.seed(seed)
        figures = _prove_on(engine, args.kills)
        print(figures.text(engine), flush=True)
        kept &= figures.held
    print("Giữ lời: không mất, không hai lần. (Held.)" if kept else "KHÔNG GIỮ ĐƯỢC (broken).")
    return 0 if kept else 1


@dataclass
class Figures:
    """What was seen."""

    kills: int = 0
    crashed: int = 0
    in_flight: int = 0
    expected: int = 0
    lost: int = 0
    unasked: int = 0
    ledger_twice: int = 0
    messages: int = 0
    wrong_messages: int = 0
    mails_lost: int = 0
    mails_twice: int = 0
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        """Tell whether the promise held; a mail that came twice under one Message-ID is within it."""
        faults = (self.lost, self.unasked, self.ledger_twice, self.wrong_messages, self.mails_lost, self.crashed)
        return not any(faults)

    def text(self, engine: str) -> str:
        """Return the figures as lines."""
        rows = (
            ("lần giết (kills)", self.kills),
            ("tiến trình tự chết (processes that ended by themselves)", self.crashed),
            ("đang gửi dở thì bị giết, gửi lại được (killed in flight, rescued)", self.in_flight),
            ("thông báo phải có (notifications expected)", self.expected),
            ("  bị mất (lost)", self.lost),
            ("  không ai cần (unasked for)", self.unasked),
            ("  ghi hai lần trong sổ (twice in the ledger)", self.ledger_twice),
            ("thư phải có (messages expected)", self.messages),
            ("  thiếu hoặc thừa trong sổ (missing or too many)", self.wrong_messages),
            ("  không đến máy chủ thư (never reached the mail server)", self.mails_lost),
            ("  đến hai lần, cùng Message-ID (came twice, same Message-ID)", self.mails_twice),
            ("giây (seconds)", round(self.seconds)),
        )
        return "\n".join([f"{engine}:", *(f"  {number:>6}  {words}" for words, number in rows)])


class Node(NamedTuple):
    """A scheduler's process, and what tells that it has begun to work: killed before, it would have nothing to lose."""

    process: BaseProcess
    ready: Event

    def kill(self) -> bool:
        """Kill it; tell whether it was alive to be killed, and had not ended by itself."""
        if self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()
        return self.process.exitcode == -signal.SIGKILL


@dataclass
class Run:
    """A proof under way on one database."""

    app: Flask
    house: House
    mail: SlowMail
    context: ForkServerContext | SpawnContext
    expected: set[Key] = field(default_factory=set)
    digests: set[tuple[int, str]] = field(default_factory=set)
    urgent: int = 0
    kills: int = 0
    crashed: int = 0

    def start(self, day: Day) -> Node:
        """Start one more node."""
        ready = self.context.Event()
        process = self.context.Process(target=work, args=(self.app.config["SETTINGS"], day, ready), daemon=True)
        process.start()
        return Node(process, ready)


def _prove_on(engine: str, kills: int) -> Figures:
    began = time.monotonic()
    mail = SlowMail(SLOWNESS)
    with (
        fresh_database(engine) as url,
        serving(mail) as port,
        application(url, smtp_host=HOST, smtp_port=port, mail_from="don-doc@thunghiem.example") as app,
    ):
        days = _working_days(-(-kills // KILLS_A_DAY))
        with app.app_context(), time_machine.travel(start_of(days[0]), tick=False):
            house = kills_house.found(days)
        run = Run(app, house, mail, _processes())
        for number, each in enumerate(days):
            run.expected |= house.expected(each)
            run.digests |= {(key[3], f"{DIGEST}-{each}") for key in house.expected(each)}
            _live_through(run, each, min(KILLS_A_DAY, kills - number * KILLS_A_DAY))
        _drain(run, days[-1])
        with app.app_context():
            figures = _count(run)
    return replace(figures, seconds=time.monotonic() - began)


def _processes() -> ForkServerContext | SpawnContext:
    """Return how processes are made: from one that has imported everything, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    return context


def _working_days(count: int) -> list[date]:
    days = [FIRST_DAY]
    while len(days) < count:
        days.append(Calendar().add_working_days(days[-1], 1))
    return days


def _live_through(run: Run, day: date, kills: int) -> None:
    """Let nodes work through a day, killing one after the other, until its kills are done and its mail is made."""
    morning = Day(start_of(day) + timedelta(hours=9), time.monotonic())
    nodes = [run.start(morning) for _ in range(NODES)]
    done = 0
    while done < kills and run.crashed <= kills:
        _tell_something(run, morning)
        victim = nodes.pop(random.randrange(len(nodes)))
        victim.ready.wait(PATIENCE)
        time.sleep(random.uniform(SHORTEST, LONGEST))
        killed = victim.kill()
        nodes.append(run.start(morning))
        done += killed
        run.crashed += not killed
    patience = time.monotonic() + PATIENCE
    while not _is_settled(run, day) and time.monotonic() < patience:
        time.sleep(SHORTEST)
    run.kills += done
    run.crashed += sum(not node.kill() for node in nodes)


def _tell_something(run: Run, day: Day) -> None:
    """Tell a few people something urgent, in one transaction, as a move would."""
    people = random.sample(run.house.people, random.randint(1, 3))
    run.urgent += 1
    with time_machine.travel(day.now(), tick=False), run.app.app_context(), transaction():
        tell(
            people, authority_id=run.house.authority, rule=URGENT_RULE, subject="proof", subject_id=run.urgent,
            slot="-", data={"title": f"Tin khẩn {run.urgent}"}, urgent=True,
        )  # fmt: skip
    run.expected |= {("proof", run.urgent, URGENT_RULE, person, "-") for person in people}


def _is_settled(run: Run, day: date) -> bool:
    """Tell whether the day was planned and all told of it stands in a message."""
    with run.app.app_context():
        planned = session.scalar(select(ReminderDay.id).where(ReminderDay.day == day))
        waiting = session.scalar(select(func.count()).where(Notification.message_id.is_(None)))
    return bool(planned) and not waiting


def _drain(run: Run, day: date) -> None:
    """Let one node finish in peace what is left."""
    evening = Day(start_of(day) + timedelta(hours=15), time.monotonic())
    node = run.start(evening)
    before, patience = None, time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        with run.app.app_context():
            left = session.scalar(select(func.count()).where(Delivery.state != SENT))
        if not left and _is_settled(run, day):
            break
        if left != before:  # it goes on, however slowly
            before, patience = left, time.monotonic() + PATIENCE
        time.sleep(0.2)
    node.kill()
    with run.app.app_context():
        for row in session.scalars(select(Delivery).where(Delivery.state != SENT).limit(SHOWN)):
            print(f"  ! {row.message_header}: {row.state}, {row.attempts}, {row.next_try_at}, {row.last_error}")


def _count(run: Run) -> Figures:
    rows = session.execute(
        select(
            Notification.subject, Notification.subject_id, Notification.rule, Notification.person_id, Notification.slot
        )
    ).all()
    ledger = {tuple(row) for row in rows}
    urgent = sum(1 for key in run.expected if key[2] == URGENT_RULE)
    headers = set(session.scalars(select(Delivery.message_header).where(Delivery.state == SENT)))
    slots = set(session.execute(select(Message.person_id, Message.slot).where(Message.kind == DIGEST)).all())
    messages = session.scalar(select(func.count()).select_from(Message)) or 0
    wanted = len(run.digests) + urgent
    received = set(run.mail.accepted)
    return Figures(
        kills=run.kills,
        crashed=run.crashed,
        in_flight=session.scalar(select(func.count()).where(Delivery.attempts > 1)) or 0,
        expected=len(run.expected),
        lost=len(run.expected - ledger),
        unasked=len(ledger - run.expected),
        ledger_twice=len(rows) - len(ledger),
        messages=wanted,
        wrong_messages=abs(messages - wanted) + len({tuple(slot) for slot in slots} ^ run.digests),
        mails_lost=wanted - len(received & headers),
        mails_twice=sum(run.mail.accepted.values()) - len(received),
    )
