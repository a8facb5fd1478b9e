"""The relations a person can have to one item; the tables read them, the app computes them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Role(StrEnum):
    """A relation of a person to an item, never a job title; an administrator holds none."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"
    PRESIDER = "presider"
    LEAD_HEAD = "lead_head"
    LEAD_STAFF = "lead_staff"
    OWNER = "owner"
    """The person in charge of a task, while in office in its lead unit."""
    COORDINATOR = "coordinator"
    DOER = "doer"
    """Who was given a sub-task: a person of the unit, or those of the sub-unit that got it."""
    AUTHOR = "author"
    INVITEE = "invitee"
    SYSTEM = "system"
    BARRED = "barred"
    """Nobody rules on his own: refused every move that the tables mark as barred."""
    STAND_IN = "stand_in"
    """The next in order when chair and deputies are barred or none: the secretary not of that unit,
    or the member whom the chair named."""
    LAST_RESORT = "last_resort"
    """The chair although barred, when nobody else is left; must say why, and the log marks it."""

    @property
    def words(self) -> Words:
        """Name the relation as the screens print it."""
        return ROLE_WORDS[self]


ROLE_WORDS: Mapping[Role, Words] = {
    Role.CHAIR: Words("Trưởng ban", "Chair"),
    Role.DEPUTY: Words("Phó Trưởng ban", "Deputy chair"),
    Role.SECRETARY: Words("Thư ký", "Secretary"),
    Role.MEMBER: Words("Ủy viên", "Member"),
    Role.PRESIDER: Words("Người chủ trì cuộc họp", "Presider of the meeting"),
    Role.LEAD_HEAD: Words("Thủ trưởng đơn vị chủ trì", "Head of the lead unit"),
    Role.LEAD_STAFF: Words("Chuyên viên đơn vị chủ trì", "Staff of the lead unit"),
    Role.OWNER: Words("Người phụ trách", "Person in charge"),
    Role.COORDINATOR: Words("Đơn vị phối hợp", "Coordinating unit"),
    Role.DOER: Words("Người được giao việc thành phần", "Who was given the sub-task"),
    Role.AUTHOR: Words("Người lập", "Author"),
    Role.INVITEE: Words("Người được mời họp", "Person invited"),
    Role.SYSTEM: Words("Hệ thống", "System"),
    Role.BARRED: Words("Người trong cuộc", "Party to the matter"),
    Role.STAND_IN: Words("Người quyết định thay", "Stand-in"),
    Role.LAST_RESORT: Words("Trưởng ban tự xác nhận", "Chair as last resort"),
}
"""Every role in both languages (the table test compares the keys with the enumeration)."""

COMPUTED = frozenset({Role.BARRED, Role.STAND_IN, Role.LAST_RESORT})
"""Relations that follow from others (who is left when somebody is barred), never given by hand."""
