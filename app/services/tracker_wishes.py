"""What the edited cells of one row of the register ask for: by which move each is written, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from app.clock import today
from app.errors import Sentence
from app.figures import exact
from app.queries.attendance import heads_of
from app.queries.choices import staff_of
from app.reading.normalise import clean, squeeze
from app.services.measures import doubt_target
from app.text import fold
from app.tracker.days import read_day
from app.tracker.evidences import read_evidence
from app.tracker.sheet import shown
from app.tracker.targets import read_target, unread_target
from workflows.evidence import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.models import Person, Task
    from app.tracker.offices import UnitReader
    from app.tracker.sheet import Value

AMEND, ARRANGE, REWORD, ASK_EVIDENCE, HAND_OVER = "amend", "arrange", "reword", "ask_evidence", "hand_over"
SET_TARGET = "set_target"
CELLS: Mapping[str, Sequence[str]] = {
    AMEND: ("due",),
    ARRANGE: ("helpers", "priority"),
    REWORD: ("title",),
    ASK_EVIDENCE: ("evidence",),
    SET_TARGET: ("target",),
    HAND_OVER: ("owner",),
}
"""Which cells a move writes, in the order in which the moves are made."""
_PRIORITIES = {
    "khan": "urgent",
    "urgent": "urgent",
    "cao": "high",
    "high": "high",
    "thuong": "normal",
    "normal": "normal",
}
_KEPT = {
    "code": Sentence("Mã nhiệm vụ không đổi được.", "A code cannot change."),
    "detail": Sentence(
        "Nội dung lấy từ văn bản giao; hãy điều chỉnh bằng kết luận hoặc văn bản mới.",
        "The words come from the source; amend them by a later clause or document.",
    ),
    "source": Sentence("Văn bản giao không sửa trên tệp.", "The source is not changed in a file."),
    "lead": Sentence(
        "Đổi đơn vị chủ trì bằng «Chuyển đơn vị chủ trì» ở trang nhiệm vụ, có lý do.",
        "Another lead unit is given by “Reassign” on the task's page, with a reason.",
    ),
    "original_due": Sentence("Hạn ban đầu không bao giờ đổi.", "The original due date never changes."),
}
_COUNTED = Sentence(
    "Cột này do hệ thống tính; sửa trên tệp không có tác dụng.", "This column is counted by the system."
)


@dataclass
class Reader:
    """What edited cells are read with: the units' names, and who works in which unit."""

    units: UnitReader
    _staff: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    _heads: dict[int, Person | None] = field(default_factory=dict)

    def staff(self, unit_id: int) -> list[tuple[int, str]]:
        """Return the people of a unit with their names."""
        if unit_id not in self._staff:
            self._staff[unit_id] = staff_of(unit_id, today())
        return self._staff[unit_id]

    def head(self, unit_id: int) -> Person | None:
        """Return who heads a unit, None where nobody does."""
        if unit_id not in self._heads:
            self._heads[unit_id] = next((head.person for head in heads_of([unit_id], today())), None)
        return self._heads[unit_id]

    def read(self, name: str, value: Value, task: Task) -> dict[str, Any]:
        """Return what a cell asks for («read», as JSON), or what is wrong with it («wrong»)."""
        ways: Mapping[str, Callable[[str], object]] = {
            "helpers": self._helpers,
            "priority": lambda text: _PRIORITIES.get(fold(text)) or _no_priority(),
            "title": lambda text: squeeze(clean(text).replace("\n", " ")),
            "evidence": lambda text: read_evidence(text) or _no_evidence(),
            "target": lambda text: _target(text, task),
            "owner": lambda text: self._owner(text, task),
            "due": lambda _text: _day(value),
        }
        found = ways[name](shown(value)) if name in ways else _KEPT.get(name, _COUNTED)
        return {"wrong": [*found]} if isinstance(found, Sentence) else {"read": found}

    def _helpers(self, text: str) -> list[int] | Sentence:
        read = self.units.read(text, helping=True)
        ids = [int(each.unit_id) for each in read.helpers if each.unit_id is not None]
        if read.wrong or len(ids) < len(read.helpers):
            return read.wrong or _no_group()
        return ids

    def _owner(self, text: str, task: Task) -> int | Sentence:
        if not text.strip():
            return Sentence(
                "Không bỏ trống được người phụ trách; hãy ghi người khác của đơn vị chủ trì.",
                "Somebody must be in charge; name another person of the lead unit.",
            )
        found = [person for person, name in self.staff(task.lead_unit_id) if fold(name) == fold(" ".join(text.split()))]
        if len(found) == 1:
            return found[0]
        if found:
            return Sentence(
                f"Đơn vị chủ trì có {len(found)} người tên «{text.strip()}». Hãy giao ở trang nhiệm vụ.",
                f"The lead unit has {len(found)} people called “{text.strip()}”. Hand over on the task's page.",
            )
        return Sentence(
            f"«{text.strip()[:60]}» không công tác tại đơn vị chủ trì. Hãy ghi họ tên một người của đơn vị đó.",
            f"“{text.strip()[:60]}” holds no office in the lead unit. Name a person of that unit.",
        )


def _day(value: Value) -> str | Sentence:
    read = read_day(value, today())
    if read.on is None:
        return read.wrong or Sentence("Hãy nhập ngày như 30/6/2026.", "Type a day like 30/6/2026.")
    return read.on.isoformat()


def _target(text: str, task: Task) -> dict[str, str] | Sentence:
    """Return the target that a cell gives; a number alone keeps what the present one is counted in."""
    if not text.strip():
        return Sentence(
            "Muốn bỏ chỉ tiêu, hãy bỏ ở trang nhiệm vụ.", "To take a target away, do so on the task's page."
        )
    read = read_target(text)
    if read is None:
        return unread_target(text)
    doubt = doubt_target(task, read[0], read[1] or task.target_unit)
    if doubt is not None:
        return Sentence(f"{doubt.vi}. Nếu đúng, hãy đổi ở trang nhiệm vụ.", f"{doubt.en}. If so, set it on its page.")
    return {"value": str(read[0]), "unit": read[1] or task.target_unit}


def given_for(event: str, cells: Mapping[str, Mapping[str, Any]], task: Task, file_name: str) -> dict[str, Any] | None:
    """Return what a move is given by a row's readable cells; None where they ask for no such move."""
    good = {name: cells[name]["read"] for name in CELLS[event] if name in cells and "wrong" not in cells[name]}
    if not good:
        return None
    if event == AMEND:
        basis = {"basis": "ruling", "basis_text": f"Sửa trên tệp «{file_name}»"}
        return {"new_due": date.fromisoformat(good["due"]), **basis}
    if event == ARRANGE:
        return {
            "coordinating_units": good.get("helpers", [part.unit_id for part in task.coordinating]),
            "priority": good.get("priority", task.priority),
        }
    if event == SET_TARGET:
        return {"target": exact(good["target"]["value"]), "target_unit": good["target"]["unit"]}
    named = {REWORD: ("title", "title"), ASK_EVIDENCE: ("evidence_rule", "evidence"), HAND_OVER: ("person", "owner")}
    need, cell = named[event]
    return {need: good[cell]}


def _no_group() -> Sentence:
    return Sentence("Hãy ghi tên từng đơn vị, không ghi tên nhóm.", "Name each unit, not a group.")


def _no_priority() -> Sentence:
    return Sentence("Mức ưu tiên là Thường, Cao hoặc Khẩn.", "The priority is Thường, Cao or Khẩn.")


def _no_evidence() -> Sentence:
    said = [*RULES.values()]
    return Sentence(
        f"Hãy ghi một trong các yêu cầu: {'; '.join(words.vi for words in said)}.",
        f"Write one of: {'; '.join(words.en for words in said)}.",
    )
