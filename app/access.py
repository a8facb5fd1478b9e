"""Who may do what: roles are relations of a person to one item; a loader gives the item or says it is not there.

Over 300 lines: all permission stands in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.errors import ForbiddenError, NotFoundError
from app.models import (
    AgendaProposal,
    Attendance,
    Committee,
    Conclusion,
    CoordinatingPart,
    Explanation,
    Extension,
    Meeting,
    Minutes,
    MonthlyReport,
    Notice,
    Proposal,
    SubTask,
    Task,
)
from app.queries.bench import Bench, Panel, panel_of
from app.queries.facts import SUBJECTS
from app.queries.proposals import is_invited_with
from app.queries.visibility import has_sub_task_for, visible_tasks
from app.queries.whole_task import task_and_facts, task_of
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.models import Person
    from app.queries.standing import Mandate, Standing
    from workflows.kernel import Facts

    Paper = Meeting | AgendaProposal | Attendance | Minutes | Notice | Conclusion | MonthlyReport
    Piece = CoordinatingPart | SubTask | Explanation
    Item = Task | Extension | Piece | Proposal | Paper
    Roles = frozenset[Role]

T = TypeVar(
    "T", Task, Extension, CoordinatingPart, SubTask, Explanation, Proposal, Meeting, AgendaProposal, Attendance,
    Minutes, Notice, Conclusion, MonthlyReport,
)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Somebody acting: the person and what the person is today."""

    person: Person
    standing: Standing


def roles_of(  # noqa: PLR0911 -- one answer a kind of item
    standing: Standing, item: Item, move: str | None = None, panel: Panel | None = None
) -> Roles:
    """Return the roles of a person to an item; with `move`, only mandates that cover this move count.

    An empty set means that the person has nothing to do with the item. Administrators have no business rights.

    :param panel: of a task, extension or proposal, read before (`panel_for`) by who asks more than once; None reads it.
    """
    if item.authority_id != standing.authority_id:
        return frozenset()
    if isinstance(item, Task):
        return _task_roles(standing, item, move, panel)
    if isinstance(item, Extension):
        return _extension_roles(standing, item, move, panel)
    if isinstance(item, CoordinatingPart | SubTask | Explanation):
        return _piece_roles(standing, item, move, panel)
    if isinstance(item, Proposal):
        return _proposal_roles(standing, item, move, panel)
    if isinstance(item, AgendaProposal):
        return _agenda_proposal_roles(standing, item, move)
    return _paper_roles(standing, item, move)


def _task_roles(standing: Standing, task: Task, move: str | None, panel: Panel | None) -> Roles:
    matter = Matter(task.committee_id, task.lead_unit_id, frozenset({task.reporter_id, task.report_recorder_id}))
    return ruling_roles(standing, matter, move, panel) | _unit_roles(standing, task)


class Matter(NamedTuple):
    """What decides who rules on a task: its committee, its lead unit, and who reported it (None: nobody)."""

    committee_id: int
    lead_unit_id: int
    parties: frozenset[int | None]


def panel_for(standing: Standing, item: Item) -> Panel | None:
    """Return who could rule on a task, an extension's task or a proposal; None where the roles do not depend on it."""
    if isinstance(item, Proposal):
        ours = item.committee_id in standing.committees
        return panel_of(item.committee_id, item.unit_id, today()) if ours else None
    task = item.task if isinstance(item, Extension | CoordinatingPart | SubTask | Explanation) else item
    if not isinstance(task, Task) or task.committee_id not in standing.committees:
        return None
    return panel_of(task.committee_id, task.lead_unit_id, today())


def ruling_roles(standing: Standing, matter: Matter, move: str | None = None, panel: Panel | None = None) -> Roles:
    """Return the roles by which a person sits in judgement on a task, BARRED among them.

    :param panel: read beforehand for a whole list; None reads it (two short queries).
    """
    roles = _seat_roles(standing, matter.committee_id) - {Role.DEPUTY}
    barred = matter.lead_unit_id in standing.barred_units or not standing.people.isdisjoint(matter.parties)
    if barred:
        roles.add(Role.BARRED)
    if matter.committee_id in standing.committees:
        read = panel or panel_of(matter.committee_id, matter.lead_unit_id, today())
        roles |= _ruling_roles(standing, matter, move, read, barred=barred)
    return frozenset(roles)


def _unit_roles(standing: Standing, task: Task) -> set[Role]:
    roles = set()
    if task.lead_unit_id in standing.head_of:
        roles.add(Role.LEAD_HEAD)
    if task.lead_unit_id in standing.staff_of:
        roles.add(Role.LEAD_STAFF)
    if standing.units and any(part.unit_id in standing.units for part in task.coordinating):
        roles.add(Role.COORDINATOR)
    if standing.person_id == task.reporter_id and task.lead_unit_id in standing.units:
        roles.add(Role.AUTHOR)
    if task.owner_id in standing.people and task.lead_unit_id in standing.units:
        roles.add(Role.OWNER)
    return roles


def _seat_roles(standing: Standing, committee_id: int) -> set[Role]:
    seats = {
        Role.CHAIR: standing.chair_of,
        Role.DEPUTY: standing.deputy_of,
        Role.SECRETARY: standing.secretary_of,
        Role.MEMBER: standing.member_of,
    }
    return {role for role, committees in seats.items() if committee_id in committees}


def _ruling_roles(standing: Standing, matter: Matter, move: str | None, panel: Panel, *, barred: bool) -> set[Role]:
    """Return DEPUTY, STAND_IN or LAST_RESORT, in the order of who rules when others are barred."""
    bench = panel.bench
    free = {
        ruler.person_id
        for ruler in bench.rulers.values()
        if ruler.units.isdisjoint(panel.below) and ruler.person_id not in matter.parties
    }
    chair_free = any(ruler.person_id in free for ruler in bench.holding("chair"))
    roles = _mandate_roles(standing, matter, move, free, bench)
    if matter.committee_id in standing.deputy_of and not chair_free and not barred:
        roles.add(Role.DEPUTY)
    if chair_free or any(ruler.person_id in free for ruler in bench.holding("deputy")):
        return roles
    queue = [ruler.person_id for ruler in bench.holding("secretary") if ruler.person_id in free] or [
        ruler.person_id for ruler in bench.holding("stand_in") if ruler.person_id in free
    ]
    if not standing.people.isdisjoint(queue):
        roles.add(Role.STAND_IN)
    if not queue and matter.committee_id in standing.chair_of:
        roles.add(Role.LAST_RESORT)
    return roles


def _mandate_roles(standing: Standing, matter: Matter, move: str | None, free: set[int], bench: Bench) -> set[Role]:
    """Return DEPUTY where a standing assignment or a delegation covers the unit; who stands in for a party is one."""
    covering: list[Mandate] = [
        mandate
        for mandate in standing.mandates
        if mandate.committee_id == matter.committee_id and mandate.covers(matter.lead_unit_id, move)
    ]
    if not covering:
        return set()
    lent_by_party = all(
        mandate.from_person_id is not None
        and mandate.from_person_id in bench.rulers
        and mandate.from_person_id not in free
        for mandate in covering
    )
    return {Role.DEPUTY, Role.BARRED} if lent_by_party else {Role.DEPUTY}


def _extension_roles(standing: Standing, extension: Extension, move: str | None, panel: Panel | None) -> Roles:
    roles = set(_task_roles(standing, extension.task, move, panel)) - {Role.AUTHOR}
    if extension.author_id == standing.person_id:
        roles.add(Role.AUTHOR)
    if not standing.people.isdisjoint({extension.author_id, extension.recorder_id}):
        roles.add(Role.BARRED)
    return frozenset(roles)


def _piece_roles(standing: Standing, piece: Piece, move: str | None, panel: Panel | None) -> Roles:
    """Return the roles to what stands beside a task: those to the task, and whose this piece is."""
    roles = set(_task_roles(standing, piece.task, move, panel)) - {Role.AUTHOR, Role.COORDINATOR}
    me = standing.person_id
    if isinstance(piece, CoordinatingPart):
        roles |= {Role.COORDINATOR} if piece.unit_id in standing.units else set()
        roles |= {Role.AUTHOR} if piece.delivered_by_id == me and piece.unit_id in standing.units else set()
    elif isinstance(piece, SubTask):
        # Who is a party to the task may well take a sub-task of it; who does the sub-task may not.
        roles -= {Role.BARRED}
        if does := piece.person_id in standing.people or piece.sub_unit_id in standing.units:
            roles.add(Role.DOER)
        own_head = piece.author_id == me and piece.task.lead_unit_id in (standing.own or standing).head_of
        if (does or piece.delivered_by_id in standing.people) and not own_head:
            roles.add(Role.BARRED)
        if piece.author_id == me and roles & {Role.LEAD_HEAD, Role.OWNER}:
            roles.add(Role.AUTHOR)
    elif piece.author_id == me:
        roles.add(Role.AUTHOR)
    return frozenset(roles)


def _agenda_proposal_roles(standing: Standing, proposal: AgendaProposal, move: str | None) -> Roles:
    """Return the roles to a proposed agenda item: of its committee, of its unit, and whose it is."""
    meeting = proposal.meeting
    roles = set(paper_roles(standing, meeting.committee_id, meeting.presider_id, move))
    if proposal.unit_id in standing.head_of:
        roles.add(Role.LEAD_HEAD)
    if proposal.unit_id in standing.staff_of:
        roles.add(Role.LEAD_STAFF)
    if proposal.author_id == standing.person_id:
        roles.add(Role.AUTHOR)
    return frozenset(roles)


def proposal_matter(committee_id: int, unit_id: int, author_id: int | None, submitted_by_id: int | None) -> Matter:
    """Return what decides who rules on a proposal; who wrote or submitted it never does."""
    return Matter(committee_id, unit_id, frozenset({author_id, submitted_by_id}))


def _proposal_roles(standing: Standing, proposal: Proposal, move: str | None, panel: Panel | None) -> Roles:
    """Return the committee's roles to a proposal that was submitted, and those of the unit that proposes."""
    roles = _plain_proposal_roles(standing, proposal)
    if proposal.submitted_at is not None:
        matter = proposal_matter(proposal.committee_id, proposal.unit_id, proposal.author_id, proposal.submitted_by_id)
        roles |= ruling_roles(standing, matter, move, panel)
    return frozenset(roles)


def _plain_proposal_roles(standing: Standing, proposal: Proposal) -> set[Role]:
    """Return the roles for which nobody need look who rules today: by seat, and in the unit that proposes."""
    seats = _seat_roles(standing, proposal.committee_id) - {Role.DEPUTY}
    roles = seats if proposal.submitted_at is not None else set()
    if proposal.unit_id in standing.head_of:
        roles.add(Role.LEAD_HEAD)
    if proposal.unit_id in standing.staff_of:
        roles.add(Role.LEAD_STAFF)
    if proposal.author_id == standing.person_id and proposal.unit_id in standing.units:
        roles.add(Role.AUTHOR)
    return roles


def _paper_roles(
    standing: Standing, item: Meeting | Attendance | Minutes | Notice | Conclusion | MonthlyReport, move: str | None
) -> Roles:
    committee_id, meeting = _home(item)
    roles = paper_roles(standing, committee_id, meeting.presider_id if meeting else None, move)
    if isinstance(item, Minutes) and meeting and standing_in(roles, meeting.presider_id):
        roles |= {Role.PRESIDER}
    invited = isinstance(item, Attendance) and item.person_id == standing.person_id
    return roles | {Role.INVITEE} if invited else roles


def paper_roles(standing: Standing, committee_id: int, presider_id: int | None, move: str | None = None) -> Roles:
    """Return the roles of a person to a paper of a committee; `presider_id` of its meeting, where it has one."""
    roles = _seat_roles(standing, committee_id)
    if any(m.committee_id == committee_id and (not m.moves or move in m.moves) for m in standing.mandates):
        roles.add(Role.DEPUTY)
    if presider_id in standing.people:
        roles.add(Role.PRESIDER)
    return frozenset(roles)


def standing_in(roles: Roles, presider_id: int | None) -> bool:
    """Tell whether the chair owes what the presider of a meeting would: nobody with an account presided."""
    return presider_id is None and Role.CHAIR in roles


def _home(item: Meeting | Attendance | Minutes | Notice | Conclusion | MonthlyReport) -> tuple[int, Meeting | None]:
    """Return the committee of a paper, and its meeting where it has one."""
    if isinstance(item, Meeting):
        return item.committee_id, item
    if isinstance(item, Minutes | Attendance):
        return item.meeting.committee_id, item.meeting
    if isinstance(item, Conclusion):
        return item.notice.committee_id, item.notice.meeting
    return item.committee_id, item.meeting if isinstance(item, Notice) else None


def may_see(standing: Standing, item: Item) -> bool:
    """Tell whether the person may open this item."""
    if isinstance(item, Task | Extension | CoordinatingPart | SubTask | Explanation):
        return _may_see_task(standing, item if isinstance(item, Task) else item.task)
    plainly = isinstance(item, Proposal) and _plain_proposal_roles(standing, item)
    if plainly or roles_of(standing, item) - {Role.BARRED}:
        return True
    if isinstance(item, Meeting):
        return _is_invited(standing.person_id, item.id)
    if isinstance(item, Notice):
        return item.issued_on is not None and _has_task_from(standing, item.id)
    if isinstance(item, Proposal):
        carried_on = item.unit_id in standing.ended
        return carried_on or (item.submitted_at is not None and is_invited_with(standing.person_id, item.id))
    return False


def seen_among(standing: Standing, tasks: Iterable[Task]) -> set[int]:
    """Return the ids of those tasks that the person may open: what `may_see` says of each, in one statement."""
    every = list(tasks)
    own = {
        task.id
        for task in every
        if task.authority_id == standing.authority_id
        and (task.committee_id in standing.committees or task.lead_unit_id in standing.units)
    }
    left = {task.id for task in every} - own
    if not left:
        return own
    return own.union(session.scalars(select(Task.id).where(Task.id.in_(left), visible_tasks(standing))))


def _may_see_task(standing: Standing, task: Task) -> bool:
    """Tell the same as the list does (`queries.visibility`): a task of the person's committees or units."""
    if task.authority_id != standing.authority_id:
        return False
    if task.committee_id in standing.committees or _unit_roles(standing, task):
        return True
    if task.lead_unit_id in standing.ended or any(part.unit_id in standing.ended for part in task.coordinating):
        return True
    return bool(standing.seen_units) and has_sub_task_for(task.id, standing.seen_units)


def _is_invited(person_id: int, meeting_id: int) -> bool:
    query = select(Attendance.id).where(
        Attendance.meeting_id == meeting_id, (Attendance.person_id == person_id) | (Attendance.deputy_id == person_id)
    )
    return session.scalar(query.limit(1)) is not None


def _has_task_from(standing: Standing, notice_id: int) -> bool:
    if not standing.seen_units:
        return False
    touched = (
        select(Task.id)
        .join(Conclusion, Conclusion.id == Task.conclusion_id)
        .outerjoin(CoordinatingPart, CoordinatingPart.task_id == Task.id)
        .where(
            Conclusion.notice_id == notice_id,
            Task.lead_unit_id.in_(standing.seen_units) | CoordinatingPart.unit_id.in_(standing.seen_units),
        )
    )
    return session.scalar(touched.limit(1)) is not None


def load(model: type[T], item_id: int, standing: Standing) -> T:
    """Return an item that this person may see.

    :raises NotFoundError: it is not there, or not for this person (the answer is the same).
    """
    return admitted(task_of(item_id) if issubclass(model, Task) else session.get(model, item_id), standing)


def load_with_facts(model: type[T], item_id: int, standing: Standing) -> tuple[T, Facts]:
    """Return an item that this person may see, and what its table must know of it; of a task in one statement.

    :raises NotFoundError: as `load`.
    """
    if not issubclass(model, Task):
        item = load(model, item_id, standing)
        return item, SUBJECTS[model].facts(item)
    found = task_and_facts(item_id)
    if found is None:
        raise NotFoundError
    return admitted(found.task, standing), found.facts


def admitted(item: T | None, standing: Standing) -> T:
    """Return an item that was read if this person may see it.

    :raises NotFoundError: as `load`.
    """
    if item is None or not may_see(standing, item):
        raise NotFoundError
    return item


def load_as_secretary(model: type[T], item_id: int, standing: Standing) -> T:
    """Return an item whose text this person may write: the secretary of its committee.

    :raises NotFoundError: it is not there, or the person may not see it.
    :raises ForbiddenError: the person may see it but not write it.
    """
    item = load(model, item_id, standing)
    if Role.SECRETARY not in roles_of(standing, item):
        raise ForbiddenError(
            "Chỉ thư ký của ban được sửa nội dung này. Hãy nhắn thư ký nếu thấy cần sửa.",
            "Only the committee's secretary may edit this. Tell the secretary if something is wrong.",
        )
    return item


def load_as_proposer(proposal_id: int, standing: Standing) -> Proposal:
    """Return a proposal whose text this person may write: somebody in office in the unit that proposes.

    :raises NotFoundError: it is not there, or the person may not see it.
    :raises ForbiddenError: the person may see it but not write it.
    """
    proposal = load(Proposal, proposal_id, standing)
    if proposal.unit_id not in standing.units:
        raise ForbiddenError(
            "Chỉ đơn vị trình được sửa tờ trình. Nếu cần sửa, thư ký hãy bấm «Yêu cầu bổ sung».",
            "Only the unit that proposes edits the proposal. To have it changed, the secretary asks for a supplement.",
        )
    return proposal


def load_committee(committee_id: int, standing: Standing, *, as_secretary: bool = False) -> Committee:
    """Return a committee of which the person is part (or the secretary).

    :raises NotFoundError: it is not there, or not for this person.
    """
    committee = session.get(Committee, committee_id)
    seats = standing.secretary_of if as_secretary else standing.committees
    if committee is None or committee.authority_id != standing.authority_id or committee_id not in seats:
        raise NotFoundError
    return committee
