"""Proof: a crowd that does the same at the same moment loses no word, and takes no number twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape
from sqlalchemy import select

from app.db import session
from app.errors import ChangedMeanwhileError
from app.models import Conclusion, Event, Minutes, Notice, Notification, Progress, Task
from app.proofs import crowd_house
from app.proofs.crowd import CONFLICT, DONE, OK, at_once, site, version_in
from app.proofs.crowd_house import SECRETARY
from app.proofs.databases import add_engine, application, engines_of, fresh_database
from app.proofs.figures import Figure, apart, conclude, report
from app.services.clause_proposals import NONE_ARISES
from app.services.verification import CHECKS
from workflows.notice import ISSUED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sqlalchemy import Select

    from app.bench.client import Answer
    from app.proofs.crowd import Site, Visitor
    from app.proofs.crowd_house import House

CLIENTS, ISSUERS = 200, 50
NOTED, PROPOSED, REPORTED = range(3)
"""Which of the unit's tasks each race is about."""
# How the sentence begins; then follows who it was, and whether the move can still be made.
TOLD = (str(escape(ChangedMeanwhileError().sentence.vi.partition(".")[0])).encode(), "ở cửa sổ khác lúc".encode())
"""What who was slower reads: somebody else was quicker, or oneself in another window."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let the size of the crowd, the database and the server be chosen."""
    add_engine(parser)
    for name, number, words in (
        ("--clients", CLIENTS, "số người cùng làm một việc (people who do the same at once)"),
        ("--issuers", ISSUERS, "số người cùng ban hành (people who issue at once)"),
        ("--workers", 1, "số tiến trình của máy chủ (server processes)"),
    ):
        parser.add_argument(name, type=int, default=number, metavar="SỐ", help=f"{words}, mặc định {number}")


def prove(args: argparse.Namespace) -> int:
    """Run the races on each engine and print their figures; 1 if a rule was broken."""
    print(f"clients: {args.clients}, issuers: {args.issuers}, workers: {args.workers}", flush=True)
    held = [_race_on(engine, args) for engine in engines_of(args)]
    return conclude(kept=all(held))


def _race_on(engine: str, args: argparse.Namespace) -> bool:
    with fresh_database(engine) as url, application(url) as app:
        with app.app_context():
            house = crowd_house.found(units=1, heads=args.clients, tasks=3, notices=args.issuers)
        with site(url, args.workers) as served, app.app_context():
            figures = _race(served, house)
    return report(engine, figures)


def _race(served: Site, house: House) -> list[Figure]:
    """Let the crowd race for each rule, and look at what the database holds afterwards."""
    (tasks,) = house.tasks.values()
    (logins,) = house.heads.values()
    crowd = served.enter(logins)
    figures = _note(crowd, tasks[NOTED])
    figures += _move(crowd, tasks[PROPOSED], "propose", ("proposal", "reason"))
    figures += _move(crowd, tasks[REPORTED], "report", ("result",))
    desks = served.enter([SECRETARY] * len(house.notices))
    figures += _issue(desks, house.notices)
    figures += _write_minutes(desks, house.meeting)
    figures += _write_clause(desks, house.clause)
    session.rollback()
    wrong = [line for _name, check in CHECKS for line in check()]
    troubles = served.troubles()
    for line in [*wrong, *troubles][:20]:
        print(f"  ! {line}")
    return [
        *figures,
        Figure("chỗ không khớp khi kiểm tra sổ (faults found by verify)", len(wrong), 0),
        Figure("máy chủ báo cơ sở dữ liệu bận, lỗi (locks and errors in the server's log)", len(troubles), 0),
    ]


class Try(NamedTuple):
    """What somebody typed, and what came of it."""

    words: list[str]
    answer: Answer

    @property
    def told(self) -> bool:
        """Tell whether the answer says that somebody else was first."""
        return self.answer.status == CONFLICT and any(words in self.answer.body for words in TOLD)

    @property
    def kept(self) -> bool:
        """Tell whether the answer holds every word that was typed."""
        return all(str(escape(words)).encode() in self.answer.body for words in self.words)


def _move(crowd: Sequence[Visitor], task: int, event: str, fields: tuple[str, ...]) -> list[Figure]:
    """Let everybody look at one task, and then everybody take the same move with words of his own."""
    versions = at_once(lambda visitor: version_in(_look(visitor, f"/tasks/{task}")), crowd)

    def take(number: int) -> Try:
        words = [f"{name} {number:03d}: đạt 95% & còn 2 điểm <chưa xong>" for name in fields]
        form = dict(zip(fields, words, strict=True))
        visitor = crowd[number]
        return Try(words, _act(visitor, f"/moves/task/{task}/{event}", {"version": versions[number], **form}))

    tries = at_once(take, range(len(crowd)))
    won = [one for one in tries if one.answer.status == DONE]
    lost = [one for one in tries if one.told]
    logged = _rows(select(Event.data).where(Event.subject == "task", Event.subject_id == task, Event.event == event))
    in_log = sum({*one.words} <= {*data.values()} for one in won for data in logged)
    people = _rows(
        select(Notification.person_id).where(
            Notification.subject == "task", Notification.subject_id == task, Notification.rule == f"task.{event}"
        )
    )
    return [
        Figure(f"người cùng lúc (people at once): {event}", len(tries), len(crowd)),
        Figure("  được ghi (won)", len(won), 1),
        Figure("  được báo «vừa có người thay đổi», 409 (told “changed meanwhile”)", len(lost), len(crowd) - 1),
        Figure("  nhận lại nguyên văn điều đã nhập (got their words back)", sum(o.kept for o in lost), len(crowd) - 1),
        Figure("  dòng trong nhật ký (lines in the log)", len(logged), 1),
        Figure("  đúng lời người được ghi (with the winner's words)", in_log, 1),
        Figure("  người được báo, mỗi người một lần (people told, once each)", len(people), len(set(people)) or 1),
        _slowest(tries),
    ]


def _note(crowd: Sequence[Visitor], task: int) -> list[Figure]:
    """Let everybody write a line of progress on one task."""

    def write(number: int) -> Try:
        words = f"Tiến độ {number:03d}: đã kiểm {number} hồ sơ & bổ sung <2>"
        return Try([words], _act(crowd[number], f"/moves/task/{task}/progress", {"note": words}))

    tries = at_once(write, range(len(crowd)))
    typed = Counter(one.words[0] for one in tries)
    rows = Counter(_rows(select(Progress.note).where(Progress.task_id == task)))
    of_task = select(Event.reason).where(Event.subject == "task", Event.subject_id == task)
    events = Counter(_rows(of_task.where(Event.event == "progress")))
    page = Try([*typed], _look(crowd[0], f"/tasks/{task}"))
    return [
        Figure("dòng tiến độ cùng lúc (lines of progress at once)", len(tries), len(crowd)),
        Figure("  được nhận (accepted)", sum(one.answer.status == DONE for one in tries), len(crowd)),
        Figure("  còn trong sổ (kept)", (rows & typed).total(), len(crowd)),
        Figure("  mất, thừa hoặc hai lần (lost, strange or twice)", apart(rows, typed) + apart(events, typed), 0),
        Figure("  trang nhiệm vụ có đủ (the task's page shows them all)", int(page.kept), 1),
        _slowest(tries),
    ]


def _issue(secretaries: Sequence[Visitor], notices: Sequence[int]) -> list[Figure]:
    """Let each of several secretaries issue a signed notice of one series."""
    pairs = list(zip(secretaries, notices, strict=True))
    versions = at_once(lambda pair: version_in(_look(pair[0], f"/notices/{pair[1]}")), pairs)

    def issue(number: int) -> Try:
        secretary, notice = pairs[number]
        return Try([], _act(secretary, f"/moves/notice/{notice}/issue", {"version": versions[number]}))

    tries = at_once(issue, range(len(pairs)))
    numbers = _rows(select(Notice.number).where(Notice.state == ISSUED))
    wanted = {*range(1, len(pairs) + 1)}
    codes = {*_rows(select(Task.code).where(Task.conclusion_id.is_not(None)))}
    return [
        Figure("thông báo ban hành cùng lúc (notices issued at once)", len(tries), len(pairs)),
        Figure("  được ban hành (issued)", sum(one.answer.status == DONE for one in tries), len(pairs)),
        Figure("  số bị trùng (numbers used twice)", len(numbers) - len(set(numbers)), 0),
        Figure("  số bị sót (numbers left out)", len(wanted - {*numbers}), 0),
        Figure("  số lớn nhất (highest number)", max(numbers, default=0), len(pairs)),
        Figure("  nhiệm vụ được giao, mã không trùng (tasks given, each with its own code)", len(codes), len(pairs)),
        _slowest(tries),
    ]


def _write_minutes(secretaries: Sequence[Visitor], meeting: int) -> list[Figure]:
    """Let several secretaries open the minutes that nobody has begun, and save each a text of his own."""
    path = f"/meetings/{meeting}/minutes"
    pages = at_once(lambda visitor: _look(visitor, path), secretaries)

    def write(number: int) -> Try:
        words = f"Biên bản lần {number:03d}: nhất trí 95% & giao <2 việc>"
        return Try([words], _act(secretaries[number], path, {"version": version_in(pages[number]), "text": words}))

    tries = at_once(write, range(len(secretaries)))
    opened = Figure("biên bản mở cùng lúc (minutes opened at once)", sum(p.status == OK for p in pages), len(pages))
    return [opened, *_saved("lưu biên bản (minutes saved)", tries, select(Minutes.text))]


def _write_clause(secretaries: Sequence[Visitor], clause: int) -> list[Figure]:
    """Let several secretaries save one clause of a draft, which all of them have before their eyes."""
    (version,) = _rows(select(Conclusion.version).where(Conclusion.id == clause))

    def write(number: int) -> Try:
        words = f"Kết luận lần {number:03d}: đạt 95% & còn <2 việc>."
        chosen = {"kind": "information", "outcome": NONE_ARISES, "priority": "normal", "continues": 0, "lead": ""}
        form = {"version": version, "text": words, "address": "1", "recurrence": "", "do": "next", **chosen}
        return Try([words], _act(secretaries[number], f"/clauses/{clause}", form))

    tries = at_once(write, range(len(secretaries)))
    return _saved("lưu một kết luận (a clause saved)", tries, select(Conclusion.text).where(Conclusion.id == clause))


def _saved(words: str, tries: Sequence[Try], kept: Select[Any]) -> list[Figure]:
    won = [one.words for one in tries if one.answer.status == DONE]
    lost = [one for one in tries if one.told]
    return [
        Figure(f"người cùng (people at once): {words}", len(tries), len(tries)),
        Figure("  được ghi (won)", len(won), 1),
        Figure("  được báo «vừa có người thay đổi», 409 (told “changed meanwhile”)", len(lost), len(tries) - 1),
        Figure("  nhận lại nguyên văn điều đã nhập (got their words back)", sum(o.kept for o in lost), len(tries) - 1),
        Figure("  bản được giữ là bản được ghi (what is kept is what won)", int([[*_rows(kept)]] == won), 1),
        _slowest(tries),
    ]


def _rows(query: Select[Any]) -> Sequence[Any]:
    """Read one column as it is now, not as it was when this session last looked."""
    session.rollback()
    return session.scalars(query).all()


def _look(visitor: Visitor, path: str) -> Answer:
    answer = visitor.look(path)
    visitor.client.close()
    return answer


def _act(visitor: Visitor, path: str, form: dict[str, object]) -> Answer:
    answer = visitor.act(path, form)
    visitor.client.close()
    return answer


def _slowest(tries: Sequence[Try]) -> Figure:
    return Figure(
        "  ms, câu trả lời chậm nhất (slowest answer)", round(1000 * max(one.answer.seconds for one in tries))
    )
