"""Being out of office: from a day to a day, with somebody who stands in; ended early by revoking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from app.clock import now, today
from app.db import session
from app.errors import DomainError, ForbiddenError, NotFoundError
from app.models import Absence, Office, Person
from app.queries.absences import holds_anything
from app.services.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import ColumnElement

    from app import access

NOTED, ENDED = "absence.noted", "absence.ended"
"""Rules under which the two people are told."""


def may_note_for(actor: access.Actor) -> Sequence[Person]:
    """Return for whom this person may note an absence: itself, the people of units it heads; an administrator all.

    The person itself comes first, the others in the order of names.
    """
    day = today()
    query = select(Person).where(Person.authority_id == actor.person.authority_id, Person.active)
    if not actor.standing.is_admin:
        own = actor.standing.own or actor.standing
        led = select(Office.person_id).where(
            Office.unit_id.in_(own.head_of), Office.from_on <= day, or_(Office.to_on.is_(None), Office.to_on >= day)
        )
        query = query.where(or_(Person.id == actor.person.id, Person.id.in_(led)))
    found = session.scalars(query.order_by(Person.sort_key)).all()
    return sorted(found, key=lambda person: person.id != actor.person.id)


def note_absence(  # noqa: PLR0913 -- what an absence consists of, all named at the call
    person_id: int, substitute_id: int, from_on: date, to_on: date, note: str, *, actor: access.Actor
) -> Absence:
    """Note that somebody is away and who stands in; both are told.

    :param from_on: first day of the absence; to_on: its last day.
    :raises ForbiddenError: the absence is not this person's to note.
    :raises DomainError: the days, or the two people, do not fit, with the field that is wrong.
    """
    if person_id not in {one.id for one in may_note_for(actor)}:
        raise ForbiddenError(
            "Bạn chỉ ghi vắng mặt cho mình và cho người thuộc đơn vị mình phụ trách.",
            "You note absences for yourself and for the people of units you head.",
        )
    if substitute_id == actor.person.id != person_id:
        # The substitute holds all roles of the absent, seats in committees too: nobody takes them for himself.
        raise DomainError(
            "Người ghi vắng mặt thay người khác thì không tự làm thay. Hãy chọn người khác, hoặc để người đó tự ghi.",
            "Whoever notes another person's absence does not stand in. Choose another, or let that person note it.",
            field="substitute_id",
        )
    _check(person_id, substitute_id, from_on, to_on)
    absence = Absence(
        authority_id=actor.person.authority_id,
        person_id=person_id,
        substitute_id=substitute_id,
        from_on=from_on,
        to_on=to_on,
        note=note,
        made_by_id=actor.person.id,
        made_at=now(),
    )
    session.add(absence)
    session.flush()
    _tell(absence, NOTED, actor)
    return absence


def _check(person_id: int, substitute_id: int, from_on: date, to_on: date) -> None:
    """Refuse days that do not fit, and a substitute who is the same person, has no office, or is away too.

    Over 40 lines: each refusal is a sentence of its own.
    """
    if to_on < from_on:
        raise DomainError(
            "Ngày cuối phải không trước ngày đầu. Hãy sửa lại.",
            "The last day must not be before the first. Correct it.",
            field="to_on",
        )
    if to_on < today():
        raise DomainError(
            "Thời gian vắng mặt đã qua. Hãy nhập từ hôm nay trở đi.",
            "That time has passed. Enter days from today on.",
            field="to_on",
        )
    substitute = session.get(Person, substitute_id)
    person = session.get_one(Person, person_id)
    if substitute is None or not substitute.active or substitute.authority_id != person.authority_id:
        raise DomainError(
            "Hãy chọn người làm thay trong danh sách.", "Choose the substitute from the list.", field="substitute_id"
        )
    if substitute_id == person_id:
        raise DomainError(
            "Người làm thay phải là người khác.", "The substitute must be somebody else.", field="substitute_id"
        )
    if not holds_anything(substitute_id, from_on, to_on):
        raise DomainError(
            f"{substitute.full_name} không giữ chức vụ nào trong đơn vị hay trong ban vào những ngày đó nên không làm"
            " thay được. Hãy chọn người khác.",
            f"{substitute.full_name} holds no office in a unit or committee on these days and cannot stand in."
            " Choose somebody else.",
            field="substitute_id",
        )
    if _running(Absence.person_id == substitute_id, from_on, to_on):
        raise DomainError(
            "Người được chọn cũng vắng mặt trong thời gian đó. Hãy chọn người khác.",
            "The person chosen is away at that time, too. Choose another.",
            field="substitute_id",
        )
    if _running(Absence.person_id == person_id, from_on, to_on):
        raise DomainError(
            "Đã ghi một lần vắng mặt trùng những ngày này. Hãy kết thúc lần đó trước, hoặc chọn ngày khác.",
            "An absence on these days is noted already. End that one first, or choose other days.",
            field="from_on",
        )


def _running(whose: ColumnElement[bool], from_on: date, to_on: date) -> bool:
    query = select(Absence.id).where(
        whose, Absence.revoked_on.is_(None), Absence.from_on <= to_on, Absence.to_on >= from_on
    )
    return session.scalar(query.limit(1)) is not None


def end_absence(absence_id: int, *, actor: access.Actor) -> Absence:
    """End an absence now, or take back one that lies ahead; both are told.

    :raises NotFoundError: there is none that this person may end.
    """
    absence = session.get(Absence, absence_id)
    mine = {one.id for one in may_note_for(actor)}
    if absence is None or absence.person_id not in mine:
        raise NotFoundError
    if absence.revoked_on is None:
        absence.revoked_on = today()
        session.flush()
        _tell(absence, ENDED, actor)
    return absence


def _tell(absence: Absence, rule: str, actor: access.Actor) -> None:
    person = session.get_one(Person, absence.person_id)
    substitute = session.get_one(Person, absence.substitute_id)
    tell(
        {absence.person_id, absence.substitute_id} - {actor.person.id},
        authority_id=absence.authority_id,
        rule=rule,
        subject="absence",
        subject_id=absence.id,
        slot=f"{rule}-{absence.id}",
        data={
            "by": actor.person.full_name,
            "reason": f"{person.full_name} → {substitute.full_name}, "
            f"{absence.from_on:%d/%m/%Y} – {absence.to_on:%d/%m/%Y}",
        },
    )
