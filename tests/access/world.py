"""One item of everything in the first committee, and the people who may come to it or may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import now, today
from app.db import session, transaction
from app.models import (
    Absence,
    AgendaItem,
    AgendaProposal,
    Attachment,
    Attendance,
    Authority,
    CalendarDay,
    Comment,
    Committee,
    Conclusion,
    CoordinatingPart,
    Delegation,
    Delivery,
    Directive,
    Explanation,
    Extension,
    HeldRuling,
    LoginSession,
    Meeting,
    MeetingSeries,
    Membership,
    Message,
    Minutes,
    MinutesVersion,
    MonthlyReport,
    Notification,
    Office,
    PeriodRule,
    Person,
    PlannedUnitChange,
    SavedView,
    SubTask,
    UnitChange,
)
from app.models.ledger import FAILED
from app.services.notices import compose_notice
from app.services.trackers import take_in
from tests.factories import SINCE, add_person, assign_task, browser, found_authority, hold_meeting, post, take
from tests.proposals.steps import write
from tests.tracker.scoring import MADE
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.explanation import ASKED
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

ROLES = (
    "nobody",
    "administrator",
    "chair",
    "secretary",
    "unit's head",
    "other unit's head",
    "other committee's secretary",
    "other authority's secretary",
)
STRANGERS = ROLES[-3:]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
TEXT = "1. Giao Phòng Văn hóa - Xã hội kiểm kê máy tính bảng trước ngày 15/12/2026.\n\n2. Yêu cầu các đơn vị báo cáo."
NOT_THERE = 98765432


@dataclass
class World:
    """The ids by the names that addresses give them, and the person of each role."""

    house: House
    people: dict[str, Person | None]
    ids: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    """The id of one item of each workflow."""


def make_world(app: Flask) -> World:
    """Found two authorities and three committees, and make one item of everything in the first."""
    house = found_authority(app)
    with app.app_context(), transaction():
        people = house.people
        world = World(
            house,
            dict(
                zip(
                    ROLES,
                    (
                        None,
                        *(people[key] for key in ("admin", "chair", "secretary", "head_vhxh", "head_kt")),
                        _other_committee(house),
                        _other_authority(),
                    ),
                    strict=True,
                )
            ),
        )
        session.flush()
        session.expunge_all()
    _work(app, world)
    return world


def _other_committee(house: House) -> Person:
    """Seat the secretary of a second committee of the same authority."""
    return _seat_secretary(house.authority.id, "Ban Biên tập cổng thông tin", "secretary_two")


def _other_authority() -> Person:
    """Seat the secretary of a committee of a second authority."""
    authority = Authority(name="Ủy ban nhân dân xã Đông Hòa", short_name="UBND xã Đông Hòa")
    session.add(authority)
    session.flush()
    return _seat_secretary(authority.id, "Ban Chỉ đạo xã Đông Hòa", "secretary_far")


def _seat_secretary(authority_id: int, name: str, login: str) -> Person:
    committee = Committee(authority_id=authority_id, name=name, short_name=name, symbol="BBT")
    session.add(committee)
    session.flush()
    person = add_person(authority_id, login, f"Thư ký {name}")
    session.add(
        Membership(
            authority_id=authority_id, committee_id=committee.id, person_id=person.id, office="secretary",
            title="Thư ký", rank=0, from_on=SINCE,
        )
    )  # fmt: skip
    return person


def _work(app: Flask, world: World) -> None:
    """Let the first committee have one of everything."""
    house = world.house
    task_id = assign_task(app, house, due=date(2026, 12, 15), coordinating=("hcc",))
    unit = browser(app, house.people["head_vhxh"])
    assert take(unit, "task", task_id, "accept").status_code == 303
    evidence = {"note": "Đã kiểm kê 37 máy", "evidence": (BytesIO(PNG), "anh.png")}
    assert take(unit, "task", task_id, "progress", evidence).status_code == 303
    asked = post(unit, f"/tasks/{task_id}/extension", {"new_due": "31/12/2026", "reason": "Chờ kinh phí"})
    assert asked.status_code == 303
    given = post(unit, f"/tasks/{task_id}/sub-tasks", {"work": "Tổ 1", "person": house.people["staff_vhxh"].id})
    assert given.status_code == 303
    assert post(unit, f"/tasks/{task_id}/comments", {"text": "Còn tổ 5"}).status_code == 303
    proposal_id = write(unit, house)
    assert take(unit, "proposal", proposal_id, "submit").status_code == 303
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20))
    with app.app_context(), transaction():
        _papers(world, meeting_id)
        session.flush()
        session.add(
            Explanation(
                authority_id=house.authority.id, task_id=task_id, unit_id=house.units["vhxh"].id, state=ASKED,
                author_id=house.people["secretary"].id, question="Vì sao chậm?", answer_by=today(), days_late=3,
                made_at=now(),
            )
        )  # fmt: skip
        world.items |= {"task": task_id, "meeting": meeting_id, "proposal": proposal_id}
        _name_ids(world)


def _papers(world: World, meeting_id: int) -> None:
    house = world.house
    owned = {"authority_id": house.authority.id}
    committee = session.get_one(Committee, house.committee.id)
    meeting = session.get_one(Meeting, meeting_id)
    secretary = session.get_one(Person, house.people["secretary"].id)
    item = AgendaItem(**owned, meeting_id=meeting_id, position=1, kind="topic", title="Kế hoạch quý IV")
    invited = Attendance(
        **owned, meeting_id=meeting_id, person_id=house.people["chair"].id, name=house.people["chair"].full_name
    )
    minutes = Minutes(**owned, meeting_id=meeting_id, state=MINUTES.initial, text="Biên bản", made_at=now())
    report = MonthlyReport(
        **owned, committee_id=committee.id, begins_on=date(2026, 10, 15), ends_on=date(2026, 11, 14),
        state=MONTHLY_REPORT.initial, made_at=now(),
    )  # fmt: skip
    lent = Delegation(
        **owned, committee_id=committee.id, from_person_id=house.people["chair"].id, moves=["confirm"],
        to_person_id=house.people["member"].id, from_on=today(), basis="Giấy ủy quyền 01", made_at=now(),
        recorded_by_id=secretary.id,
    )  # fmt: skip
    letter = Message(
        **owned, person_id=house.people["head_vhxh"].id, slot=f"{today():%Y-%m-%d}", kind="digest", made_at=now()
    )
    series = MeetingSeries(
        **owned, committee_id=committee.id, title="Giao ban tháng", kind="monthly_day", starts="08:00", made_at=now()
    )
    proposed = AgendaProposal(
        **owned, meeting_id=meeting_id, unit_id=house.units["vhxh"].id, author_id=house.people["head_vhxh"].id,
        title="Kinh phí số hóa", reason="Cần cho ý kiến", state=AGENDA_PROPOSAL.initial, made_at=now(),
    )  # fmt: skip
    ahead = PlannedUnitChange(
        **owned, kind="abolish", starts_on=today() + timedelta(days=30), basis="QĐ 2", title="Kết thúc",
        person_id=house.people["admin"].id, made_at=now(),
        wanted={"olds": [house.units["ca"].id], "targets": [], "keeps": False, "first": 0, "chosen": {}, "roles": {},
                "heads_meant": False},
    )  # fmt: skip
    session.add(ahead)
    act = UnitChange(
        **owned, kind="rename", starts_on=today(), basis="QĐ 1", person_id=house.people["admin"].id, made_at=now(),
        report={"old": [], "new": [], "before": "Cũ", "after": "Mới", "lines": [], "told": []},
    )  # fmt: skip
    session.add(act)
    session.add_all([item, invited, series, minutes, report, lent, letter, proposed])
    session.flush()
    version = MinutesVersion(
        **owned, minutes_id=minutes.id, number=1, text="Biên bản", digest="0" * 64, submitted_at=now()
    )
    session.add(version)
    sent = Delivery(
        **owned, message_id=letter.id, state=FAILED, next_try_at=now(), message_header="<thu@binhminh.example>"
    )
    session.add(sent)
    held = HeldRuling(
        **owned, person_id=house.people["chair"].id, workflow="minutes", item_id=minutes.id, event="approve",
        name="Biên bản", version=1, made_at=now(), due_at=now() + timedelta(days=1),
    )  # fmt: skip
    away = Absence(
        **owned, person_id=house.people["head_vhxh"].id, substitute_id=house.people["staff_vhxh"].id,
        from_on=today() + timedelta(days=7), to_on=today() + timedelta(days=9), made_by_id=secretary.id, made_at=now(),
    )  # fmt: skip
    view = SavedView(
        **owned, person_id=secretary.id, committee_id=committee.id, name="Quá hạn của ban", made_at=now(), sort="due",
        filters={"status": "overdue"}, columns=["code", "title"],
    )  # fmt: skip
    session.add_all([held, away, view])
    session.flush()
    world.ids |= {"held_id": held.id, "absence_id": away.id, "view_id": view.id}
    notice = compose_notice(committee, TEXT, secretary, meeting=meeting, subject="Kết luận phiên họp tháng 11")
    session.flush()
    with (MADE / "danh_sach.xlsx").open("rb") as file:
        tracker = take_in(committee, file, "danh sach.xlsx", secretary)
    world.ids |= {"import_id": tracker.id}
    world.items |= {"agenda_proposal": proposed.id}
    world.ids |= {"agenda_proposal_id": proposed.id, "number": version.number}
    world.items |= {"invitation": invited.id, "minutes": minutes.id, "monthly_report": report.id, "notice": notice.id}
    world.ids |= {"agenda": item.id, "delegation_id": lent.id, "report_id": report.id, "minutes_id": minutes.id}
    world.ids |= {"change_id": act.id, "planned_id": ahead.id}
    world.ids |= {"delivery_id": sent.id, "row_id": invited.id, "series_id": series.id}


def _name_ids(world: World) -> None:
    """Note the id that each name in an address stands for."""
    house, people = world.house, world.house.people
    world.items["extension"] = _first(Extension)
    pieces = (("coordinating_part", CoordinatingPart), ("sub_task", SubTask), ("explanation", Explanation))
    world.items |= {name: _first(model) for name, model in pieces}
    world.ids["comment_id"] = _first(Comment)
    world.items["conclusion"] = _first(Conclusion)
    world.ids |= {
        "task_id": world.items["task"],
        "meeting_id": world.items["meeting"],
        "notice_id": world.items["notice"],
        "clause_id": world.items["conclusion"],
        "proposal_id": world.items["proposal"],
        "extension_id": world.items["extension"],
        "attachment_id": _first(Attachment),
        "committee_id": house.committee.id,
        "directive_id": _first(Directive),
        "notification_id": _first(Notification, Notification.person_id == people["head_vhxh"].id),
        "unit_id": house.units["vhxh"].id,
        "group_id": house.group.id if house.group else 0,
        "person_id": people["head_vhxh"].id,
        "office_id": _first(Office, Office.person_id == people["head_vhxh"].id),
        "seat_id": _first(Membership, Membership.person_id == people["member"].id),
        "rule_id": _first(PeriodRule),
        "day_id": _first(CalendarDay),
        "session_id": _first(LoginSession, LoginSession.person_id == people["head_vhxh"].id),
        "year": 2026,
    }


def _first(model: Any, *conditions: Any) -> int:  # noqa: ANN401 -- any model
    found = session.scalars(select(model.id).where(*conditions).order_by(model.id).limit(1)).one()
    return int(found)
