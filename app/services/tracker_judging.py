"""What is to become of each row of a tracker: a new task, one done before, a double, or an error to mend first.

Over 300 lines: each judgement beside the sentence that tells it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from app.clock import today
from app.errors import Sentence
from app.figures import exact
from app.queries.known_tasks import CODE, MOVED, Fit, Sought
from app.services.tracker_kept import DITTO, kept_lines
from app.text import fold
from app.tracker.columns import FIELDS
from app.tracker.days import read_day
from app.tracker.rows import TASK
from app.tracker.statuses import Standing
from app.tracker.targets import LONGEST_UNIT
from workflows.evidence import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.figures import Figure
    from app.models import TrackerImport, TrackerRow
    from app.queries.known_tasks import Known, KnownTasks

NEW, DONE, DOUBLE, WRONG, STOPPED, OTHER = "new", "done", "double", "wrong", "stopped", "other"
OUTCOMES = (NEW, DONE, DOUBLE, WRONG, STOPPED, OTHER)
"""What a row becomes; the first two are brought in, a double where the secretary says so."""
CHOSEN = (NEW, DONE, DOUBLE)
"""Which of them are brought in or left as the secretary ticks them."""
UNDATED, OVERDUE, DAYLESS, MISREAD = "undated", "overdue", "dayless", "misread"
"""Kinds of what a row says of itself that the preview also counts above."""
NO_DUE = "Sổ theo dõi không ghi thời hạn"
_STANDINGS = ("tick_done", "tick_open", "status", "result")
_TAKEN_AS = {
    Standing.OPEN: ("chưa xong", "not done"),
    Standing.DONE: ("đã xong", "done"),
    Standing.STOPPED: ("đã thôi thực hiện", "given up"),
}
LONG = 5_000
"""Characters from which the preview says that a cell is kept whole: it shows but the beginning."""
_SHOWN = 60
"""So much of a cell is said in a sentence about it."""
_NAMED_WITH = 200
"""A longer cell is no name that a task's words could begin with."""
_FEW = 3
"""So many rows at most are perhaps one task's doubles; of as many as like it, rows of the same code apart."""
DONE_WORDS = "Đã hoàn thành (theo sổ theo dõi)"
_LIKE_A_DAY = re.compile(r"\d\s?[/.\-]\s?\d|(?:ngay|thang)\s+\d")


@dataclass
class Plan:
    """What a row would make: one task for each lead unit."""

    text: str = ""
    leads: list[int] = field(default_factory=list)
    lead_words: str = ""
    helpers: list[int] = field(default_factory=list)
    due_on: date | None = None
    no_due_reason: str = ""
    rhythm: str | None = None
    deliverable: str = ""
    target: Figure | None = None
    target_unit: str = ""
    evidence: str = NONE
    symbol: str = ""
    given_on: date | None = None
    """The day of the row's own source, or the day of the whole list."""
    undated: bool = False
    """The row has no day of its own."""
    dayless: bool = False
    """It is done without a day, and its due date could stand for that."""
    done_on: date | None = None
    result: str = ""
    standing: Standing = Standing.OPEN
    misread: list[Sentence] = field(default_factory=list)
    """Days in the row that are none, which stop nothing: what is taken instead."""
    wrong: list[Sentence] = field(default_factory=list)
    doubts: list[Sentence] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    """Which fields of the preview would mend it: lead, helpers, due, done_on; `meant`: the days are right."""
    kept: list[str] = field(default_factory=list)
    """What stands in the row besides: lines for below the task's words."""


class Judge:
    """Judges the rows of one import, one after the other; a row may be the double of one above."""

    def __init__(
        self, made: TrackerImport, known: KnownTasks, groups: Mapping[int, set[int]], units: Mapping[int, str]
    ) -> None:
        """Keep what rows are judged against: the committee's tasks, the groups' units, the units' names."""
        self._import, self._known, self._groups, self._units = made, known, groups, units
        self._above: dict[tuple[str, tuple[int, ...], str], int] = {}
        self._fits: dict[int, Fit] = {}

    def plan(self, row: TrackerRow) -> Plan:
        """Return what a row would make, with what is wrong."""
        cells, said = row.cells, row.said
        plan = Plan(text=_text(cells), deliverable=_raw(cells, "deliverable"), symbol=_symbol(cells))
        own = _day(cells, "source_on") or _day(cells, "source")
        plan.given_on, plan.undated = own or self._import.given_on, own is None
        if own is None and plan.given_on and (said_day := _no_day(cells, "source_on")):
            plan.misread.append(_not_given_on(said_day, plan.given_on))
        if not plan.text:
            plan.wrong.append(_missing_title())
        self._name_units(plan, cells, said)
        _set_target(plan, cells)
        if "evidence" in cells:
            plan.evidence = cells["evidence"]["read"]["rule"] or NONE
            plan.doubts += [Sentence(*cells["evidence"]["doubt"])] if cells["evidence"].get("doubt") else []
        _place_due(plan, cells, said)
        _place_standing(plan, cells, said, by_due=self._import.done_by_due)
        if plan.given_on and plan.given_on > today():
            plan.wrong.append(_ahead("Ngày giao", "The day it was given"))
        _ask_backwards(plan, meant=said.get("meant") == "yes")
        if DITTO in cells:
            plan.doubts.append(_as_above(cells[DITTO]["read"]))
        plan.kept = kept_lines(cells, plan)
        plan.doubts += [_kept_whole(name, cell["raw"]) for name, cell in cells.items() if len(cell["raw"]) > LONG]
        return plan

    def judge_all(self, rows: Sequence[TrackerRow]) -> dict[int, Plan]:
        """Note on each row what is to become of it; return what they would make, by their numbers."""
        plans = {row.number: plan for row in rows if (plan := self._judge(row)) is not None}
        fits: dict[int, list[tuple[Fit, TrackerRow]]] = defaultdict(list)
        for row in rows:
            if (fit := self._fits.get(row.number)) is not None:
                fits[fit.task.id].append((fit, row))
        for rivals in fits.values():
            for row in _worse(rivals):
                self._settle(row, plans[row.number], None)
        return plans

    def _judge(self, row: TrackerRow) -> Plan | None:
        row.because, row.like_task_id = [], None
        if row.kind != TASK:
            row.outcome = OTHER
            return None
        plan = self.plan(row)
        row.because = [_told(each, "doubt") for each in plan.doubts]
        if plan.standing is Standing.STOPPED:
            row.outcome = STOPPED
            return plan
        row.because += [_told(each, kind) for kind, each in _foreseen(plan)]
        if plan.wrong:
            row.outcome = WRONG
            row.because = [*(_told(each, "wrong") for each in plan.wrong), *row.because]
        else:
            fit = self._fit(row, plan)
            if fit is not None:
                self._fits[row.number] = fit
            self._settle(row, plan, fit)
        return plan

    def _settle(self, row: TrackerRow, plan: Plan, fit: Fit | None) -> None:
        """Say of a row without errors that it is perhaps the double of a task or of a row above, else what it makes."""
        row.because = [each for each in row.because if each["kind"] != "double"]
        row.like_task_id = fit.task.id if fit else None
        above = self._above.setdefault((fold(plan.text), tuple(plan.leads), str(plan.due_on)), row.number)
        if fit is None and above == row.number:
            row.outcome = DONE if plan.done_on else NEW
            return
        row.outcome = DOUBLE
        if fit is None:
            double = Sentence(f"Trùng dòng {above} của sổ.", f"The same as row {above} of the tracker.")
        elif fit.way == MOVED:
            double = _led_by_another(fit.task, self._units.get(fit.task.lead_unit_id, ""))
        else:
            code, title = fit.task.code, fit.task.title
            double = Sentence(f"Có thể trùng nhiệm vụ {code}: {title}", f"Perhaps {code}: {title}")
        row.because = [_told(double, "double"), *row.because]

    def _fit(self, row: TrackerRow, plan: Plan) -> Fit | None:
        task = self._known.by_code.get(fold(_raw(row.cells, "code")))
        if task is not None:
            return Fit(CODE, 0, task)
        return self._known.fit(Sought(plan.text, plan.leads, plan.due_on, plan.symbol, _raw(row.cells, "source")))

    def _name_units(self, plan: Plan, cells: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        lead, helpers = cells.get("lead"), cells.get("helpers")
        if said.get("lead"):
            plan.leads = [int(said["lead"])] if int(said["lead"]) in self._units else []
        elif lead and lead.get("wrong"):
            plan.wrong.append(Sentence(*lead["wrong"]))
            plan.asks.append("lead")
        elif lead:
            plan.leads = self._ids(lead["read"]["leads"])
        plan.lead_words = lead["raw"] if lead and len(plan.leads) == 1 and len(lead["raw"]) <= _NAMED_WITH else ""
        named = (lead["read"]["helpers"] if lead else []) + (helpers["read"]["helpers"] if helpers else [])
        plan.helpers = [unit for unit in self._ids(named) if unit not in plan.leads]
        if not plan.leads and "lead" not in plan.asks:
            plan.wrong.append(_missing_lead())
            plan.asks.append("lead")
        for cell in (lead, helpers):
            if cell and cell.get("doubt"):
                plan.doubts.append(Sentence(*cell["doubt"]))
        if helpers and helpers.get("wrong"):
            self._ask_helpers(plan, Sentence(*helpers["wrong"]), said)

    def _ask_helpers(self, plan: Plan, unknown: Sentence, said: Mapping[str, Any]) -> None:
        """Ask who a name means that is no unit's, unless it was said: these units, or nobody (its words are kept)."""
        chosen = [int(unit) for unit in str(said.get("helpers", "")).split(",") if unit.isdecimal()]
        chosen = [unit for unit in chosen if unit in self._units]
        plan.helpers += [unit for unit in chosen if unit not in {*plan.leads, *plan.helpers}]
        plan.asks.append("helpers")
        if not chosen and said.get("aside") != "yes":
            plan.wrong.append(Sentence(f"Đơn vị phối hợp: {unknown.vi}", f"Coordinating unit: {unknown.en}"))

    def _ids(self, names: Sequence[str]) -> list[int]:
        """Return the units of names such as «u12» (a unit) and «g3» (all units of a group)."""
        found: list[int] = []
        for name in names:
            ids = [int(name[1:])] if name.startswith("u") else sorted(self._groups.get(int(name[1:]), ()))
            found += [unit for unit in ids if unit in self._units and unit not in found]
        return found


def _worse(rivals: Sequence[tuple[Fit, TrackerRow]]) -> list[TrackerRow]:
    """Return which of the rows that fit one task are not its doubles after all: all but the few that fit it best."""
    best = min((fit.way, fit.days) for fit, _row in rivals)
    most = len(rivals) if best[0] == CODE else _FEW
    kept = [row.number for fit, row in rivals if (fit.way, fit.days) == best][:most]
    return [row for _fit, row in rivals if row.number not in kept]


def _raw(cells: Mapping[str, Any], name: str) -> str:
    return str(cells[name]["raw"]).strip() if name in cells else ""


def _text(cells: Mapping[str, Any]) -> str:
    return str(cells["title"]["read"]).strip() if "title" in cells else ""


def _symbol(cells: Mapping[str, Any]) -> str:
    return str(cells["source"]["read"]["symbol"]) if "source" in cells else ""


def _day(cells: Mapping[str, Any], name: str) -> date | None:
    on = cells[name]["read"].get("on") if name in cells else None
    return date.fromisoformat(on) if on else None


def _place_due(plan: Plan, cells: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    """Give a plan its due date, or why it has none: from the preview, the extension's column, the due date's."""
    typed = str(said.get("due", "")).strip()
    if typed:
        read = read_day(typed, today())
        if read.wrong and _LIKE_A_DAY.search(fold(typed)):
            plan.wrong.append(read.wrong)
            plan.asks.append("due")
            return
        plan.due_on, plan.no_due_reason, plan.rhythm = read.on, read.words or typed, read.rhythm
        return
    cell = next((cells[name] for name in ("extended", "due") if name in cells and not _blank(cells[name])), None)
    if cell is None:
        plan.no_due_reason = NO_DUE
        plan.doubts.append(Sentence("Không có thời hạn.", "There is no due date."))
        return
    if cell.get("wrong"):
        plan.wrong.append(Sentence(*cell["wrong"]))
        plan.asks.append("due")
        return
    if cell.get("doubt"):
        plan.doubts.append(Sentence(*cell["doubt"]))
    on = cell["read"]["on"]
    plan.due_on = date.fromisoformat(on) if on else None
    plan.no_due_reason, plan.rhythm = ("" if on else cell["read"]["words"]), cell["read"]["rhythm"]


def _ask_backwards(plan: Plan, *, meant: bool) -> None:
    """Ask about a due date before the day the task was given, as old trackers hold it: to be mended, or meant."""
    if not (plan.due_on and plan.given_on and plan.due_on < plan.given_on <= today()):
        return
    due, given = f"{plan.due_on:%d/%m/%Y}", f"{plan.given_on:%d/%m/%Y}"
    if meant:
        plan.doubts.append(
            Sentence(
                f"Thời hạn {due} đứng trước ngày giao {given}; nhập đúng như sổ.",
                f"The due date {due} lies before the day it was given, {given}; it is taken as it stands.",
            )
        )
    else:
        plan.wrong.append(
            Sentence(
                f"Thời hạn {due} đứng trước ngày giao {given}. Hãy nhập thời hạn đúng, hoặc đánh dấu nếu sổ ghi đúng.",
                f"The due date {due} lies before the day it was given, {given}. Mend it, or tick if it is meant.",
            )
        )
    plan.asks += ["due", "meant"]


def _blank(cell: Mapping[str, Any]) -> bool:
    return not cell.get("wrong") and not cell["read"]["on"] and not cell["read"]["words"]


def _place_standing(plan: Plan, cells: Mapping[str, Any], said: Mapping[str, Any], *, by_due: bool) -> None:
    """Say whether the work is done, and when: from columns to tick, the status, a day of completion, the result."""
    tells = [cells[name] for name in ("tick_done", "tick_open", "status") if name in cells]
    tells += [cells["result"]] if "result" in cells and not any(cell["read"]["standing"] for cell in tells) else []
    standing = next((cell["read"]["standing"] for cell in tells if cell["read"]["standing"]), None)
    days = [_day(cells, "done_on"), *(_iso(cell["read"].get("done_on")) for cell in tells)]
    done_on = next((day for day in days if day), None)
    plan.standing = Standing(standing) if standing else (Standing.DONE if done_on else Standing.OPEN)
    plan.doubts += [Sentence(*cell["wrong"]) for cell in tells if cell.get("wrong")]
    no_day = "" if done_on else _no_day(cells, "done_on")
    if no_day and plan.standing is not Standing.DONE:
        plan.misread.append(_not_done_on(no_day, asks=False))
    said_so = {cells[name]["read"]["standing"] for name in _STANDINGS if name in cells} - {None}
    if len(said_so) > 1 or (done_on and plan.standing is Standing.OPEN):
        plan.doubts.append(_disagreeing(plan.standing))
    if plan.standing is not Standing.DONE:
        return
    typed = str(said.get("done_on", "")).strip()
    plan.done_on = read_day(typed, None).on if typed else done_on
    if plan.done_on is None and by_due and plan.due_on and plan.due_on <= today():
        plan.done_on = plan.due_on
        plan.doubts.append(
            Sentence("Lấy ngày hạn làm ngày hoàn thành.", "The due date is taken as the day of completion.")
        )
    plan.result = _raw(cells, "result") or _raw(cells, "status") or DONE_WORDS
    plan.result = plan.result if len(plan.result) > len("HT 100%") else DONE_WORDS
    if problem := _done_problem(plan, no_day):
        plan.wrong.append(problem)
        plan.asks.append("done_on")
        since = plan.given_on or date.min
        plan.dayless = plan.done_on is None and plan.due_on is not None and since <= plan.due_on <= today()


def _disagreeing(standing: Standing) -> Sentence:
    vi, en = _TAKEN_AS[standing]
    return Sentence(
        f"Các ô nói khác nhau về việc đã xong hay chưa; lấy là {vi}.",
        f"The cells disagree about whether it is done; it is taken as {en}.",
    )


def _no_day(cells: Mapping[str, Any], name: str) -> str:
    """Return what stands in a cell of days that is none; empty where it is one, or the cell is."""
    return " ".join(_raw(cells, name).split())[:_SHOWN] if name in cells and cells[name].get("wrong") else ""


def _not_given_on(said: str, given: date) -> Sentence:
    return Sentence(
        f"Ngày giao trong sổ «{said}» không phải là một ngày; tính từ {given:%d/%m/%Y}.",
        f"The day it was given, “{said}”, is no day; it counts from {given:%d/%m/%Y}.",
    )


def _not_done_on(said: str, *, asks: bool) -> Sentence:
    vi, en = f"Ngày hoàn thành trong sổ «{said}» không phải là một ngày", f"The day of completion, “{said}”, is no day"
    if asks:
        return Sentence(f"{vi}. Hãy nhập ngày, ví dụ 30/6/2026.", f"{en}. Type the day, for example 30/6/2026.")
    return Sentence(f"{vi}; việc được coi là chưa xong.", f"{en}; the task is taken as not done.")


def _done_problem(plan: Plan, no_day: str = "") -> Sentence | None:
    if plan.done_on is None and no_day:
        return _not_done_on(no_day, asks=True)
    if plan.done_on is None:
        return Sentence(
            "Đã xong nhưng sổ không ghi ngày hoàn thành. Hãy nhập ngày, ví dụ 30/6/2026.",
            "Done, but the tracker does not say when. Type the day, for example 30/6/2026.",
        )
    if plan.done_on > today():
        return _ahead("Ngày hoàn thành", "The day of completion")
    if plan.given_on and plan.done_on < plan.given_on:
        return Sentence(
            f"Hoàn thành {plan.done_on:%d/%m/%Y} trước ngày giao {plan.given_on:%d/%m/%Y}. Hãy sửa một trong hai ngày.",
            f"Done on {plan.done_on:%d/%m/%Y}, before it was given on {plan.given_on:%d/%m/%Y}. Mend one of them.",
        )
    return None


def _iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _as_above(names: Sequence[str]) -> Sentence:
    labels = [FIELDS[name] for name in names]
    return Sentence(
        f"Ghi như trên: {', '.join(label.vi for label in labels)} lấy theo dòng trước.",
        f"“As above”: {', '.join(label.en for label in labels)} are taken from the row before.",
    )


def _kept_whole(name: str, raw: str) -> Sentence:
    label, length = FIELDS[name], f"{len(raw):,}"
    return Sentence(
        f"Ô {label.vi} dài {length.replace(',', '.')} ký tự: được giữ nguyên, trang này chỉ hiện phần đầu.",
        f"The cell {label.en} has {length} characters: it is kept whole, this page shows its beginning.",
    )


def _set_target(plan: Plan, cells: Mapping[str, Any]) -> None:
    cell = cells.get("target")
    if cell is None:
        return
    plan.doubts += [Sentence(*cell["doubt"])] if cell.get("doubt") else []
    if cell["read"]["value"] is not None:
        plan.target = exact(cell["read"]["value"])
        plan.target_unit = cell["read"]["unit"] or _raw(cells, "target_unit")[:LONGEST_UNIT]


def _foreseen(plan: Plan) -> list[tuple[str, Sentence]]:
    """Return what is to be known before the row comes in: that its day is the list's, that it is late at once."""
    found = [(MISREAD, each) for each in plan.misread]
    if plan.dayless:
        found.append((DAYLESS, Sentence("Có thể lấy ngày hạn.", "The due date may stand for it.")))
    if plan.undated and plan.given_on:
        given = f"{plan.given_on:%d/%m/%Y}"
        found.append((UNDATED, Sentence(f"Không có ngày giao: tính từ {given}.", f"No day of its own: {given}.")))
    if plan.standing is Standing.OPEN and plan.due_on and plan.due_on < today():
        due = f"{plan.due_on:%d/%m/%Y}"
        vi, en = f"Thời hạn {due} đã qua: quá hạn ngay khi nhập.", f"Due {due}, which is past: overdue at once."
        found.append((OVERDUE, Sentence(vi, en)))
    return found


def _led_by_another(task: Known, unit: str) -> Sentence:
    return Sentence(
        f"Có thể trùng nhiệm vụ {task.code}: {task.title} (cùng thời hạn; đơn vị chủ trì đã đổi, nay là {unit})",
        f"Perhaps {task.code}: {task.title} (due the same day; its lead unit has changed since, to {unit})",
    )


def _missing_title() -> Sentence:
    return Sentence("Không có nội dung nhiệm vụ.", "The row does not say what is to be done.")


def _missing_lead() -> Sentence:
    return Sentence("Chưa có đơn vị chủ trì. Hãy chọn đơn vị.", "There is no lead unit. Choose one.")


def _ahead(what_vi: str, what_en: str) -> Sentence:
    return Sentence(f"{what_vi} ở sau hôm nay. Hãy kiểm tra lại.", f"{what_en} lies ahead. Please check it.")


def _told(sentence: Sentence, kind: str) -> dict[str, Any]:
    return {"kind": kind, "vi": sentence.vi, "en": sentence.en}
