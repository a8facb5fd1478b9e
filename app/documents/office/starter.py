"""A template to begin with: our own paper with tags where its words stand; an office changes what it likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.documents.official.model import Annex, Column, Head, Level, Official, Paragraph, Signature, Table

if TYPE_CHECKING:
    from datetime import datetime

MINUTES, REMINDER = "minutes", "reminder"
ADDRESSED = frozenset({REMINDER, "proposal"})
"""Papers that say whom they are addressed to («Kính gửi: …»)."""
_ANNEX = (
    ("TT", "tt", 11.0), ("Mục", "muc", 19.0), ("Nội dung nhiệm vụ", "noi_dung_nhiem_vu", 92.0),
    ("Đơn vị chủ trì", "don_vi_chu_tri", 38.0), ("Đơn vị phối hợp", "don_vi_phoi_hop", 36.0),
    ("Thời hạn", "thoi_han", 26.0), ("Sản phẩm", "san_pham", 30.0),
)  # fmt: skip
_LATE = (
    ("TT", "tt", 11.0), ("Mã", "ma", 25.0), ("Nhiệm vụ", "nhiem_vu", 61.0), ("Hạn ban đầu", "han_ban_dau", 25.0),
    ("Thời hạn", "thoi_han", 25.0), ("Số ngày quá hạn", "so_ngay_qua_han", 18.0),
)  # fmt: skip

_TEXT = (
    Paragraph(Level.TEXT, "{%p for d in noi_dung %}"),
    Paragraph(Level.TEXT, "{%p if d.muc_lon %}"),
    Paragraph(Level.HEADING, "{{ d.dong }}"),
    Paragraph(Level.TEXT, "{%p else %}"),
    Paragraph(Level.TEXT, "{{ d.dong }}"),
    Paragraph(Level.TEXT, "{%p endif %}"),
    Paragraph(Level.TEXT, "{%p endfor %}"),
)

_ADDRESSED = (
    Paragraph(Level.TEXT, "{%p for d in kinh_gui %}"),
    Paragraph(Level.TEXT, "Kính gửi: {{ d.ten }}"),
    Paragraph(Level.TEXT, "{%p endfor %}"),
)


def starter_for(paper: str, at: datetime, *, party: bool) -> bytes:
    """Return the template of a kind of paper to begin with, in the form of its issuer.

    A proposal is its unit's paper: it stands in the state's form, also where the committee is the Party's.
    """
    late, minutes = paper == REMINDER, paper == MINUTES
    made = Official(
        head=Head(
            party=party and paper != "proposal",
            superior="{{ co_quan_chu_quan }}",
            issuer="{{ co_quan_ban_hanh }}",
            symbol="{{ so_ky_hieu }}",
            place_and_day="{{ dia_danh_ngay_thang }}",
        ),
        kind="{{ ten_loai }}",
        subject="{{ trich_yeu }}",
        text=(*(_ADDRESSED if paper in ADDRESSED else ()), *_TEXT),
        closing=tuple(Paragraph(Level.TEXT, line) for line in _listed("ket_thuc")),
        table=_table(_LATE) if late else None,
        signature=Signature(tuple(_listed("quyen_han")), "{{ nguoi_ky }}"),
        left_signature=Signature(tuple(_listed("quyen_han_thu_ky")), "{{ thu_ky }}") if minutes else None,
        recipients=tuple(_listed("noi_nhan")),
        annexes=(Annex("Phụ lục", "Danh mục nhiệm vụ được giao", "{{ kem_theo }}", _table(_ANNEX)),)
        if paper == "notice"
        else (),
    )
    from app.documents.official.word import docx_of  # noqa: PLC0415 -- its library is slow to load, and every start would pay

    return docx_of(made, at)


def _listed(field: str) -> list[str]:
    return [f"{{%p for d in {field} %}}", "{{ d.dong }}", "{%p endfor %}"]


def _table(columns: tuple[tuple[str, str, float], ...]) -> Table:
    """Return a table whose one row is written for each task: the rows around it only open and close the list."""
    empty = ("",) * (len(columns) - 1)
    return Table(
        tuple(Column(head, width) for head, _field, width in columns),
        (
            ("{%tr for v in nhiem_vu %}", *empty),
            tuple(f"{{{{ v.{field} }}}}" for _head, field, _width in columns),
            ("{%tr endfor %}", *empty),
        ),
    )
