"""What a tracker's columns may be, and under which headings offices keep them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.text import fold
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Sure(StrEnum):
    """How sure a suggestion is: the heading says so in so many words, nearly so, or only the cells look so."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


FIELDS: Mapping[str, Words] = {
    "ordinal": Words("Số thứ tự", "Number in the list"),
    "code": Words("Mã nhiệm vụ", "Task code"),
    "title": Words("Nội dung nhiệm vụ", "Task"),
    "source": Words("Văn bản giao", "Source document"),
    "source_on": Words("Ngày văn bản, ngày giao", "Day of the source"),
    "lead": Words("Đơn vị chủ trì", "Lead unit"),
    "helpers": Words("Đơn vị phối hợp", "Coordinating units"),
    "due": Words("Thời hạn", "Due date"),
    "extended": Words("Gia hạn đến", "Extended to"),
    "status": Words("Tình trạng, tiến độ", "Status"),
    "tick_done": Words("Cột đánh dấu: đã xong", "Ticked: done"),
    "tick_open": Words("Cột đánh dấu: chưa xong", "Ticked: not done"),
    "done_on": Words("Ngày hoàn thành", "Completed on"),
    "result": Words("Kết quả", "Result"),
    "deliverable": Words("Sản phẩm", "Deliverable"),
    "target": Words("Chỉ tiêu (số)", "Target (number)"),
    "target_unit": Words("Đơn vị tính của chỉ tiêu", "What the target is counted in"),
    "evidence": Words("Yêu cầu minh chứng", "Evidence asked for"),
    "note": Words("Ghi chú", "Note"),
}
"""The fields a column can be mapped to, in the order in which the page offers them."""

_EXACT: Mapping[str, Sequence[str]] = {
    "ordinal": ("tt", "stt", "so tt", "so thu tu"),
    "code": ("ma", "ma nv", "ma nhiem vu", "ma so", "ma viec", "ma so nhiem vu"),
    "title": (
        "noi dung", "nhiem vu", "noi dung nhiem vu", "noi dung cong viec", "ten nhiem vu", "cong viec",
        "noi dung giao",
        "nhiem vu duoc giao", "noi dung chi dao", "noi dung ket luan", "noi dung thuc hien", "nhiem vu giao",
        "dau viec",
        "nhiem vu cu the", "noi dung nhiem vu duoc giao", "ten cong viec",
        "viec can lam",
    ),
    "source": (
        "van ban giao", "van ban giao viec", "van ban giao nhiem vu", "can cu", "nguon", "nguon giao", "van ban",
        "so ky hieu", "so van ban", "so ky hieu van ban", "van ban chi dao", "so vb", "so vb giao", "so hieu van ban",
        "co so giao", "theo van ban", "can cu giao", "so hieu", "vb giao", "ket luan so",
    ),
    "source_on": (
        "ngay van ban", "ngay ban hanh", "ngay giao", "ngay thang van ban", "ngay vb", "ngay thang", "ngay ky",
        "ngay giao viec", "thoi gian giao",
    ),
    "lead": (
        "don vi chu tri", "chu tri", "co quan chu tri", "don vi thuc hien", "phan cong", "don vi duoc giao",
        "trach nhiem thuc hien", "co quan don vi chu tri", "dv chu tri", "phong ban chu tri", "don vi", "dv thuc hien",
        "phan cong thuc hien", "don vi chu tri thuc hien", "bo phan thuc hien", "co quan thuc hien",
        "giao cho", "giao don vi", "giao cho don vi", "don vi nhan viec", "don vi nhan",
    ),
    "helpers": ("don vi phoi hop", "phoi hop", "co quan phoi hop", "dv phoi hop", "co quan don vi phoi hop",
                "cung lam", "don vi cung lam", "cung thuc hien", "don vi cung thuc hien"),
    "due": (
        "thoi han", "han", "han hoan thanh", "thoi han hoan thanh", "thoi gian hoan thanh", "thoi gian thuc hien",
        "han xu ly", "thoi han thuc hien", "thoi han xu ly", "han cuoi", "tien do yeu cau", "han chot",
        "thoi han giao", "han bao cao", "tg hoan thanh", "thoi gian ht", "thoi han ht", "han hien tai",
    ),
    "extended": ("gia han", "gia han den", "han moi", "han dieu chinh", "dieu chinh han", "thoi han gia han"),
    "status": (
        "tinh trang", "trang thai", "tinh hinh thuc hien", "tien do", "tien do thuc hien", "tinh hinh", "muc do",
        "muc do hoan thanh", "tinh trang thuc hien", "ket qua tien do", "danh gia", "tinh trang xu ly", "ty le",
    ),
    "tick_done": ("hoan thanh", "da hoan thanh", "da xong", "da ht", "ht", "da thuc hien", "hoan thanh dung han"),
    "tick_open": (
        "dang thuc hien", "chua hoan thanh", "chua thuc hien", "dang th", "chua ht", "qua han", "trong han",
        "chua den han", "dang trien khai",
    ),
    "done_on": ("ngay hoan thanh", "hoan thanh ngay", "thoi gian hoan thanh thuc te", "ngay ht", "ngay xong",
                "xong ngay", "ngay hoan thanh thuc te", "thoi diem hoan thanh"),
    "result": ("ket qua", "ket qua thuc hien", "ket qua dat duoc", "noi dung ket qua", "van ban ket qua"),
    "deliverable": ("san pham", "san pham dau ra", "san pham du kien", "ket qua dau ra", "ket qua san pham"),
    "target": ("chi tieu", "chi tieu giao", "chi tieu duoc giao", "chi tieu so", "chi tieu ke hoach", "chi tieu nam"),
    "target_unit": ("don vi tinh", "dvt", "don vi tinh cua chi tieu"),
    "evidence": (
        "yeu cau minh chung", "yeu cau ve minh chung", "minh chung khi bao cao", "minh chung phai co",
        "loai minh chung",
        "minh chung yeu cau", "ho so minh chung phai nop",
    ),
    "note": ("ghi chu", "y kien", "luu y", "kho khan vuong mac", "kien nghi de xuat", "vuong mac"),
}  # fmt: skip
"""Headings, folded, that say in so many words what a column holds."""
_NEARLY: Sequence[tuple[str, str]] = (
    ("ordinal", r"^(?:stt|tt)\b"),
    ("code", r"^ma\b"),
    ("done_on", r"ngay (?:thuc te )?hoan thanh|hoan thanh thuc te"),
    ("source_on", r"ngay (?:thang )?(?:nam )?(?:cua )?(?:van ban|vb|ban hanh|giao|ky)"),
    ("extended", r"gia han|dieu chinh.*han|han.*dieu chinh"),
    ("due", r"^(?:thoi )?han\b|thoi (?:han|gian)\b.*(?:hoan thanh|thuc hien|xu ly|yeu cau)|han hoan thanh|deadline"),
    ("helpers", r"phoi hop"),
    ("lead", r"chu tri|(?:don vi|co quan|phong ban|bo phan).*(?:thuc hien|tham muu|duoc giao)|phan cong"),
    ("source", r"van ban|\bvb\b|ky hieu|can cu|nguon"),
    ("deliverable", r"san pham|dau ra"),
    ("evidence", r"yeu cau.*(?:minh|kiem) chung|(?:minh|kiem) chung.*(?:yeu cau|phai|can)"),
    ("result", r"ket qua"),
    ("status", r"tinh (?:trang|hinh)|trang thai|tien do|muc do|%"),
    ("title", r"nhiem vu|noi dung|cong viec|dau viec"),
    ("note", r"ghi chu|luu y|vuong mac|kien nghi"),
)
_GIVES = re.compile(r"giao|van ban|\bvb\b|can cu|chi dao|ket luan|nguon")
"""Under a heading that says one of these stands a bare «Ngày» for the day of the paper."""
_PARENTS = {"status", "result"}
"""Under a heading that says one of these stand the columns to tick."""


@dataclass(frozen=True)
class Suggestion:
    """What a column is taken for, and how sure that is; no field for a column that is left out."""

    field: str
    sure: Sure


def key_of(heading: str) -> str:
    """Return a heading without tones, marks and brackets, as the lists above are written."""
    return " ".join(re.sub(r"[^a-z0-9% ]+", " ", fold(heading)).split())


def suggest(parts: Sequence[str]) -> Suggestion | None:
    """Return what a column is whose headings, from the top row down, are these; None for none known.

    A column to tick («x» under «Đã hoàn thành») counts as such only below a heading of status or result.
    """
    keys = [key for key in map(key_of, parts) if key]
    if not keys:
        return None
    leaf, whole = keys[-1], " ".join(keys)
    # «Thời hạn › Theo văn bản»: such a leaf says by what, only its parent says what.
    above = suggest(parts[:-1]) if len(keys) > 1 and leaf.startswith("theo ") else None
    if above is not None:
        return Suggestion(above.field, Sure.MEDIUM)
    if leaf == "ngay" and _GIVES.search(whole):
        return Suggestion("source_on", Sure.MEDIUM)
    for name, known in _EXACT.items():
        below = len(keys) > 1 and _is_parent(" ".join(keys[:-1]))
        if leaf in known and (not name.startswith("tick_") or below):
            return Suggestion(name, Sure.HIGH)
    for text in (leaf, whole):
        for name, pattern in _NEARLY:
            if re.search(pattern, text):
                return Suggestion(name, Sure.MEDIUM)
    return None


def _is_parent(key: str) -> bool:
    return any(key in _EXACT[name] for name in _PARENTS) or bool(re.search(r"tinh (?:trang|hinh)|ket qua|tien do", key))
