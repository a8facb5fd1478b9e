"""How much open work goes from one unit to another with a change of units, and how much of it is overdue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from app.queries.unit_holdings import PARTS, TASKS
from app.services.unit_moves import MOVED
from workflows.task import ASSIGNED, DRAFT
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.queries.unit_holdings import Holding
    from app.services.unit_plans import Plan


class Piece(NamedTuple):
    """A task or a part that goes from one unit to another; of a unit that is founded by the act no id is known yet."""

    kind: str
    committee_id: int | None
    old: str
    new: str
    new_id: int | None
    state: str = ""
    late: bool = False


@dataclass(frozen=True)
class Share:
    """What goes from one unit to another: open tasks, those of them that are overdue or wait to be accepted, parts."""

    old: str
    new: str
    new_id: int | None
    tasks: int = 0
    late: int = 0
    waiting: int = 0
    parts: int = 0

    @property
    def words(self) -> Words:
        """Say it in half a sentence; one of the numbers of tasks and parts is above 0."""
        return self._said(Words(f" của «{self.old}»", f" of “{self.old}”"))

    @property
    def short(self) -> Words:
        """Say it without the unit from which it comes, where that is plain."""
        return self._said(Words("", ""))

    def _said(self, whence: Words) -> Words:
        if not self.tasks:
            return Words(
                f"{self.parts} phần phối hợp{whence.vi} chuyển về «{self.new}»",
                f"{counted(self.parts, 'coordinating part')}{whence.en} to “{self.new}”",
            )
        vi = f"{self.tasks} nhiệm vụ đang mở{whence.vi} chuyển về «{self.new}»"
        en = f"{counted(self.tasks, 'open task')}{whence.en} to “{self.new}”"
        if self.late:
            vi, en = f"{vi}, trong đó {self.late} đã quá hạn", f"{en}, {self.late} of them overdue"
        if self.parts:
            vi = f"{vi}; cùng {self.parts} phần phối hợp"
            en = f"{en}; and {counted(self.parts, 'coordinating part')}"
        return Words(vi, en)

    @property
    def as_named(self) -> Words:
        """Say what carries the new name from now on, of a unit that only got another name."""
        tasks = Words("", "")
        if self.tasks:
            tasks = Words(f"{self.tasks} nhiệm vụ đang mở", counted(self.tasks, "open task"))
        if self.late:
            tasks = Words(f"{tasks.vi} ({self.late} đã quá hạn)", f"{tasks.en} ({self.late} overdue)")
        parts = Words(f"{self.parts} phần phối hợp", counted(self.parts, "coordinating part"))
        both = [tasks] * bool(self.tasks) + [parts] * bool(self.parts)
        carry = "carries" if self.tasks + self.parts == 1 else "carry"
        return Words(
            f"{' và '.join(one.vi for one in both)} mang tên mới; thông báo, số liệu của những ngày trước giữ tên cũ",
            f"{' and '.join(one.en for one in both)} {carry} the new name; notices and figures of earlier days keep"
            " the old one",
        )


def counted(number: int, what: str) -> str:
    """Return a number with its English noun: «1 open task», «2 open tasks»."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def shares_of(pieces: Iterable[Piece]) -> list[Share]:
    """Sum pieces by the units between which they go, in the order in which these come first; drafts do not count."""
    found: dict[tuple[str, str, int | None], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.state != DRAFT:
            found[piece.old, piece.new, piece.new_id].append(piece)
    return [
        Share(
            *between,
            tasks=sum(one.kind == TASKS for one in mine),
            late=sum(one.late for one in mine),
            waiting=sum(one.state == ASSIGNED for one in mine),
            parts=sum(one.kind == PARTS for one in mine),
        )
        for between, mine in found.items()
    ]


def shares_by_committee(pieces: Iterable[Piece]) -> dict[int, list[Share]]:
    """Return the same for each committee whose work it is."""
    whose: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.committee_id is not None:
            whose[piece.committee_id].append(piece)
    return {committee: shares for committee, mine in whose.items() if (shares := shares_of(mine))}


def planned_pieces(plan: Plan) -> Iterator[Piece]:
    """Yield what a plan moves to another unit."""
    for line in plan.lines:
        one = line.holding
        if one.kind not in {TASKS, PARTS} or line.to < 0 or one.key in plan.joined:
            continue
        target = plan.wanted.targets[line.to]
        if target.unit is None or target.unit.id != one.unit_id:
            to_id = target.unit.id if target.unit else None
            yield Piece(one.kind, one.committee_id, line.old, target.name, to_id, one.state, one.late)


def moved_pieces(report: Mapping[str, Any]) -> Iterator[Piece]:
    """Yield what an act moved, from its report; a report written before it kept whose a task is yields nothing."""
    for line in report["lines"]:
        if line["kind"] in {TASKS, PARTS} and line["outcome"] == MOVED and "committee" in line:
            yield Piece(
                line["kind"], line["committee"], line["from"], line["to"], line["to_id"], line.get("state", ""),
                bool(line.get("late")),
            )  # fmt: skip


def named_pieces(found: Iterable[Holding], unit_id: int, before: str, after: str) -> Iterator[Piece]:
    """Yield the open work that a unit keeps under another name."""
    for one in found:
        if one.kind in {TASKS, PARTS}:
            yield Piece(one.kind, one.committee_id, before, after, unit_id, one.state, one.late)
