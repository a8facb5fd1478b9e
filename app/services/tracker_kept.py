"""What a tracker's row says that no field of a task holds: lines kept below the task's words, so nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.text import fold
from app.tracker.statuses import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.services.tracker_judging import Plan

LABELS: Mapping[str, str] = {
    "code": "Mã trong sổ theo dõi",
    "status": "Tình hình theo sổ",
    "tick_done": "Cột đánh dấu đã xong",
    "tick_open": "Cột đánh dấu chưa xong",
    "result": "Kết quả theo sổ",
    "target": "Chỉ tiêu trong sổ",
    "target_unit": "Đơn vị tính trong sổ",
    "evidence": "Minh chứng trong sổ",
    "note": "Ghi chú trong sổ",
    "source": "Văn bản giao trong sổ",
    "source_on": "Ngày giao trong sổ",
    "lead": "Chủ trì trong sổ",
    "helpers": "Phối hợp trong sổ",
    "due": "Thời hạn trong sổ",
    "extended": "Gia hạn trong sổ",
    "done_on": "Ngày hoàn thành trong sổ",
}
"""How each kept cell is introduced, in the order of the lines; like the task's words these belong to the record."""
LEFT_OUT = "left_out"
"""Where a row keeps the cells of columns that were left out: not imported, but named."""
DITTO = "ditto"
"""Where a row keeps which of its cells say «as above»: they hold what stands there."""
_DAY_WORDS = frozenset({
    "truoc", "ngay", "den", "het", "quy", "thang", "nam", "tuan", "cuoi", "dau", "trong", "vong",
    "hoan", "thanh", "cham", "nhat", "muon", "khong", "qua", "xong", "han", "la", "vao", "i", "ii",
    "iii", "iv", "t", "q", "thu",
})  # fmt: skip
_PAPER_WORDS = frozenset({
    "thong", "bao", "ket", "luan", "van", "ban", "cong", "quyet", "dinh", "ke", "hoach", "nghi",
    "chi", "thi", "bien", "hop", "so", "ngay", "thang", "nam", "cua", "tai", "theo", "ubnd",
    "hdnd", "bcd", "tinh", "phuong", "xa", "huyen", "quan", "thanh", "pho", "chu", "tich", "ubmttq",
    "dang", "uy",
})  # fmt: skip
_FEW = 2
_TICK = 3
_PLAIN = 25
"""A longer cell says more of the evidence than which kind it is."""


def kept_lines(cells: Mapping[str, Any], plan: Plan) -> list[str]:
    """Return what stands in a row beside what the plan takes from it: a line for each such cell, with its label."""
    return [
        f"{label}: {raw}"
        for name, label in LABELS.items()
        if name in cells and (raw := str(cells[name]["raw"]).strip()) and not _is_told(name, cells, plan)
    ]


def left_out(cells: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the cells of columns that were left out: each with its heading."""
    return [(heading, text) for heading, text in cells.get(LEFT_OUT, {}).get("read", [])]


def _is_told(name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    """Say whether all that a cell says stands in the plan."""
    rule = _RULES.get(name)
    return rule is not None and rule(name, cells, plan)


def _tells_day(name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    taken = {"due": plan.due_on, "extended": plan.due_on, "done_on": plan.done_on, "source_on": plan.given_on}[name]
    read = cells[name]["read"]
    if read["on"] is None:
        return bool(read["words"]) and read["words"] == plan.no_due_reason
    alone = len(_beyond(cells[name]["raw"], _DAY_WORDS)) < _FEW and not cells[name].get("doubt")
    return alone and taken is not None and read["on"] == taken.isoformat()


def _tells_units(name: str, cells: Mapping[str, Any], _plan: Plan) -> bool:
    cell = cells[name]
    return not (cell.get("wrong") or cell["read"]["vague"] or cell["read"].get("people"))


def _tells_source(_name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    read, raw = cells["source"]["read"], cells["source"]["raw"]
    named = " ".join(raw.split()).replace(read["symbol"], " ")
    other_day = read["on"] is not None and plan.given_on is not None and read["on"] != plan.given_on.isoformat()
    return len(_beyond(named, _PAPER_WORDS)) <= _FEW and not other_day


def _tells_result(_name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    cell = cells["result"]
    return plan.done_on is not None and (plan.result == cell["raw"].strip() or _says(cell, plan))


def _tells_tick(name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    cell, raw = cells[name], cells[name]["raw"].strip()
    return raw in {"-", "0"} or (_says(cell, plan) and (len(raw) <= _TICK or bool(cell["read"].get("done_on"))))


def _says(cell: Mapping[str, Any], plan: Plan) -> bool:
    return cell["read"]["standing"] == str(plan.standing) and len(cell["raw"]) <= _shortest(plan)


def _shortest(plan: Plan) -> int:
    return len("HT 100%") if plan.standing is Standing.DONE else _TICK


def _tells_evidence(_name: str, cells: Mapping[str, Any], _plan: Plan) -> bool:
    cell = cells["evidence"]
    return cell["read"]["rule"] is not None and len(cell["raw"]) <= _PLAIN


def _tells_target(_name: str, _cells: Mapping[str, Any], plan: Plan) -> bool:
    return plan.target is not None


def _tells_target_unit(_name: str, cells: Mapping[str, Any], plan: Plan) -> bool:
    return plan.target is not None and plan.target_unit == str(cells["target_unit"]["raw"]).strip()


def _beyond(raw: str, known: frozenset[str]) -> list[str]:
    """Return the words of a cell that are neither numbers nor among those known."""
    return [word for word in re.findall(r"[a-z]+", fold(raw)) if word not in known]


_RULES: Mapping[str, Callable[[str, Mapping[str, Any], Plan], bool]] = {
    **dict.fromkeys(("due", "extended", "done_on", "source_on"), _tells_day),
    **dict.fromkeys(("lead", "helpers"), _tells_units),
    **dict.fromkeys(("tick_done", "tick_open"), _tells_tick),
    "source": _tells_source,
    "result": _tells_result,
    "target": _tells_target,
    "target_unit": _tells_target_unit,
    "evidence": _tells_evidence,
}
"""When a cell is told by the task's own fields; without a rule it is always kept."""
