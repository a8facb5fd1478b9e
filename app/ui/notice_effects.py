"""What issuing a notice does: tasks it gives, and what becomes of those given before, as a signer must know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.ui.formats import cited_place
from app.ui.speech import gettext as _
from app.ui.speech import ngettext
from workflows.replaced import AMEND, CARRIED, KEEP, WITHDRAW
from workflows.task import REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.queries.ruling_details import Clause, Touched


class Fate(NamedTuple):
    """Tasks given before of which the same becomes: how many, in words, and which."""

    said: str
    icon: str
    tasks: Sequence[Touched]
    carried: bool
    """Whether they go on under the new clauses."""


@dataclass(frozen=True)
class Effects:
    """What issuing a notice does to tasks."""

    new: int
    """How many it gives: one for each clause with a lead unit, one for each unit of a group."""
    touched: Sequence[Touched]

    @property
    def going_on(self) -> list[Touched]:
        """The tasks that are open still: what is said of others has no effect any more."""
        return [task for task in self.touched if task.is_open]

    @property
    def fates(self) -> list[Fate]:
        """What becomes of open tasks, what weighs most first; nothing for a notice that touches none."""
        found = {name: [task for task in self.going_on if task.treatment == name] for name in (WITHDRAW, AMEND, KEEP)}
        counts = {name: len(tasks) for name, tasks in found.items()}
        said = {
            WITHDRAW: ngettext(
                "%(num)d nhiệm vụ đang mở bị thu hồi", "%(num)d nhiệm vụ đang mở bị thu hồi", counts[WITHDRAW]
            ),
            AMEND: ngettext(
                "%(num)d nhiệm vụ đang mở tiếp tục, đổi thời hạn",
                "%(num)d nhiệm vụ đang mở tiếp tục, đổi thời hạn",
                counts[AMEND],
            ),
            KEEP: ngettext(
                "%(num)d nhiệm vụ đang mở tiếp tục, giữ thời hạn",
                "%(num)d nhiệm vụ đang mở tiếp tục, giữ thời hạn",
                counts[KEEP],
            ),
        }
        return [Fate(said[name], ICONS[name], tasks, name in CARRIED) for name, tasks in found.items() if tasks]

    @property
    def to_rule_on(self) -> list[Touched]:
        """Replaced tasks that were reported since the draft was submitted: that is ruled on before it can be signed."""
        return [task for task in self.touched if task.replaced and task.state == REPORTED]

    @property
    def notes(self) -> list[str]:
        """What a signer would not see in the counts, in sentences."""
        another = sum(bool(task.named) and task.treatment in CARRIED for task in self.going_on)
        stays = ngettext(
            "%(num)d nhiệm vụ tiếp tục không đổi đơn vị, dù kết luận nêu đơn vị khác.",
            "%(num)d nhiệm vụ tiếp tục không đổi đơn vị, dù kết luận nêu đơn vị khác.",
            another,
        )
        closed = [task for task in self.touched if task.continued and not task.is_open]
        return [*([stays] if another else []), *(_never_issued(task) for task in closed)]


def _never_issued(task: Touched) -> str:
    return _(
        "Chưa ban hành được: %(place)s tiếp tục nhiệm vụ %(code)s, nhiệm vụ này đã kết thúc. Hãy trả lại để thư ký"
        " sửa.",
        place=cited_place(task.address),
        code=task.code,
    )


ICONS = {WITHDRAW: "circle-minus", AMEND: "calendar-event", KEEP: "arrow-right"}


def effects_of(clauses: Iterable[Clause], touched: Iterable[Touched]) -> Effects:
    """Return what issuing a notice of these clauses does."""
    return Effects(sum(clause.units for clause in clauses if clause.outcome == "new_tasks"), list(touched))
