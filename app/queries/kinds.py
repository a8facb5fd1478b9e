"""The closed lists of the organisation, each key with its name: kinds of units, offices, committees, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.text import fold
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER = "other"
UNIT_KINDS: Mapping[str, Words] = {
    "office": Words("Văn phòng", "Office"),
    "department": Words("Phòng chuyên môn", "Department"),
    "section": Words("Bộ phận, tổ", "Section"),
    "centre": Words("Trung tâm, đơn vị sự nghiệp", "Centre, public service unit"),
    "police": Words("Công an", "Police"),
    "military": Words("Ban Chỉ huy quân sự", "Military command"),
    "health": Words("Y tế", "Health"),
    "school": Words("Trường học", "School"),
    "party": Words("Cơ quan của Đảng", "Party body"),
    "organisation": Words("Mặt trận, đoàn thể", "Mass organisation"),
    "neighbourhood": Words("Tổ dân phố, thôn", "Residential group"),
    "co_managed": Words("Đơn vị hiệp quản", "Co-managed unit"),
    OTHER: Words("Khác", "Other"),
}
"""Kinds of units as a commune-level authority has them since 1 July 2025; any other is "other"."""

# The first words of a name (folded) that give its kind away; the longest match wins.
_FIRST_WORDS: Mapping[str, str] = {
    "van phong dang uy": "party",
    "van phong": "office",
    "bo phan": "section",
    "phong": "department",
    "trung tam": "centre",
    "ban quan ly": "centre",
    "nha van hoa": "centre",
    "cong an": "police",
    "ban chi huy quan su": "military",
    "tram y te": "health",
    "benh vien": "health",
    "truong": "school",
    "dang uy": "party",
    "ban xay dung dang": "party",
    "uy ban kiem tra": "party",
    "chi bo": "party",
    "uy ban mat tran": "organisation",
    "ubmttq": "organisation",
    "mat tran": "organisation",
    "hoi": "organisation",
    "doan": "organisation",
    "cong doan": "organisation",
    "to dan pho": "neighbourhood",
    "tdp": "neighbourhood",
    "thon": "neighbourhood",
    "khu pho": "neighbourhood",
    "ap": "neighbourhood",
    "ban": OTHER,
}

OFFICES: Mapping[str, Words] = {
    "head": Words("Thủ trưởng đơn vị", "Head"),
    "deputy_head": Words("Phó thủ trưởng", "Deputy head"),
    "staff": Words("Chuyên viên", "Staff"),
    "contact": Words("Đầu mối", "Contact"),
}
SEATS: Mapping[str, Words] = {
    "chair": Words("Trưởng ban", "Chair"),
    "deputy": Words("Phó Trưởng ban", "Deputy chair"),
    "secretary": Words("Thư ký", "Secretary"),
    "member": Words("Ủy viên", "Member"),
}
COMMITTEE_KINDS: Mapping[str, Words] = {
    "steering": Words("Ban Chỉ đạo", "Steering committee"),
    "editorial": Words("Ban Biên tập", "Editorial board"),
    "council": Words("Hội đồng", "Council"),
    OTHER: Words("Ban, tổ khác", "Other body"),
}
PROFILES: Mapping[str, Words] = {
    "state": Words("Nhà nước: 15/TB-BCĐ (Nghị định 30/2020/NĐ-CP)", "State: 15/TB-BCĐ (Decree 30/2020)"),
    "party": Words("Đảng: 15-TB/BCĐ (đánh số theo nhiệm kỳ)", "Party: 15-TB/BCĐ (numbered by term)"),
}
DOC_TYPES: Mapping[str, Words] = {
    "TB": Words("Thông báo", "Notice"),
    "BC": Words("Báo cáo", "Report"),
    "GM": Words("Giấy mời", "Invitation"),
    "BB": Words("Biên bản", "Minutes"),
    "PĐĐ": Words("Phiếu đôn đốc", "Reminder slip"),
}
"""Papers that are numbered on issue (Decree 30/2020, annex III)."""

URGENCIES: Mapping[str, Words] = {
    "": Words("", ""),
    "urgent": Words("Khẩn", "Urgent"),
    "very_urgent": Words("Thượng khẩn", "Very urgent"),
    "at_once": Words("Hỏa tốc", "At once"),
}
"""Marks of urgency (Decree 30/2020, annex I, box 10b), the empty one for a paper without."""


def kind_of(unit_name: str) -> str:
    """Return the kind that a unit's name gives away by its first words; "other" when it gives none."""
    folded = fold(unit_name)
    found = [first for first in _FIRST_WORDS if folded == first or folded.startswith(f"{first} ")]
    return _FIRST_WORDS[max(found, key=len)] if found else OTHER


def office_of(title: str) -> str:
    """Return the office that a title names: a head, a deputy, a contact, else staff."""
    folded = fold(title)
    if folded.startswith(("pho ", "pho.", "pct", "p. ")):
        return "deputy_head"
    if "dau moi" in folded:
        return "contact"
    words = folded.replace("q. ", "").removeprefix("quyen ").split()
    heads = ("phu trach", "chanh van phong", "giam doc", "hieu truong", "chu tich", "bi thu", "thu truong")
    return "head" if "truong" in words[:2] or " ".join(words).startswith(heads) else "staff"
