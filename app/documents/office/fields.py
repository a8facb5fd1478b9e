"""The fields an office's template may name, what each holds, and their values for one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from app.documents.official.model import DRAFT
from app.text import fold
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.documents.official.model import Official, Paragraph, Signature, Table


class Field(NamedTuple):
    """A field: its name in a template and what it holds; `items` are the fields of each entry of a list."""

    name: str
    words: Words
    items: tuple[str, ...] = ()


PARAGRAPH = ("so", "chu", "dong", "muc_lon")
ANNEX = (
    "tt", "muc", "noi_dung_nhiem_vu", "don_vi_chu_tri", "don_vi_phoi_hop", "thoi_han", "san_pham",
    "ma", "nhiem_vu", "han_ban_dau", "so_ngay_qua_han",
)  # fmt: skip
FIELDS = (
    Field("co_quan_chu_quan", Words("Cơ quan chủ quản", "Superior body")),
    Field("co_quan_ban_hanh", Words("Cơ quan ban hành", "Issuing body")),
    Field("so_ky_hieu", Words("Dòng số, ký hiệu", "The line of number and symbol")),
    Field("dia_danh_ngay_thang", Words("Địa danh, ngày tháng năm", "Place and day")),
    Field("muc_do_khan", Words("Mức độ khẩn, nếu có", "Urgency, if any")),
    Field("ten_loai", Words("Tên loại văn bản", "Type of paper")),
    Field("trich_yeu", Words("Trích yếu", "Subject")),
    Field("kinh_gui", Words("Nơi kính gửi, mỗi nơi một mục", "Whom it is addressed to"), ("ten",)),
    Field(
        "noi_dung",
        Words(
            "Các đoạn nội dung: dong là cả dòng, so là số mục, chu là lời văn, muc_lon cho biết là đề mục",
            "The paragraphs: dong the whole line, so its number, chu its words, muc_lon whether it is a heading",
        ),
        PARAGRAPH,
    ),
    Field("ket_thuc", Words("Các đoạn kết thúc", "The closing paragraphs"), PARAGRAPH),
    Field("nhiem_vu", Words("Bảng nhiệm vụ, mỗi nhiệm vụ một dòng", "The table of tasks, a row each"), ANNEX),
    Field("kem_theo", Words("Dòng «Kèm theo văn bản …» của phụ lục", "The line that says what the annex belongs to")),
    Field("quyen_han", Words("Các dòng quyền hạn, chức vụ người ký", "The lines above the signature"), ("dong",)),
    Field("nguoi_ky", Words("Họ tên người ký", "Who signs")),
    Field("quyen_han_thu_ky", Words("Dòng «Thư ký» của biên bản", "The secretary's line on minutes"), ("dong",)),
    Field("thu_ky", Words("Họ tên thư ký", "The secretary's name")),
    Field("noi_nhan", Words("Nơi nhận, mỗi dòng một mục", "Recipients, a line each"), ("dong",)),
    Field("du_thao", Words("Chữ DỰ THẢO khi chưa ban hành", "The mark of a draft")),
)
BY_NAME = {field.name: field for field in FIELDS}


def values_of(paper: Official) -> dict[str, Any]:
    """Return the value of every field for a paper: texts, and lists of texts by name."""
    head, tables = paper.head, [*([paper.table] if paper.table else []), *(annex.table for annex in paper.annexes)]
    left = paper.left_signature
    return {
        "co_quan_chu_quan": head.superior,
        "co_quan_ban_hanh": head.issuer,
        "so_ky_hieu": head.symbol,
        "dia_danh_ngay_thang": head.place_and_day,
        "muc_do_khan": head.urgency,
        "ten_loai": paper.kind,
        "trich_yeu": paper.subject,
        "kinh_gui": [{"ten": name} for name in paper.addressed],
        "noi_dung": [_paragraph(each) for each in paper.text],
        "ket_thuc": [_paragraph(each) for each in paper.closing],
        "nhiem_vu": [row for table in tables for row in _rows(table)],
        "kem_theo": paper.annexes[0].attached_to if paper.annexes else "",
        "quyen_han": _lines(paper.signature),
        "nguoi_ky": paper.signature.name,
        "quyen_han_thu_ky": _lines(left) if left else [],
        "thu_ky": left.name if left else "",
        "noi_nhan": [{"dong": line} for line in paper.recipients],
        "du_thao": DRAFT if paper.draft else "",
    }


def sample() -> dict[str, Any]:
    """Return a value for every field, two entries a list: what a template is tried with when it is given in."""
    return {
        field.name: [{name: f"{name} {n}" for name in field.items} for n in (1, 2)] if field.items else field.words.vi
        for field in FIELDS
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "so": paragraph.marker,
        "chu": paragraph.text,
        "dong": paragraph.words,
        "muc_lon": paragraph.level in HEADINGS,
    }


HEADINGS = frozenset({"section", "title", "heading"})


def _rows(table: Table) -> Iterable[dict[str, str]]:
    """Yield a row each, every column of any table named: those that this one lacks are empty."""
    keys = [fold(column.head).replace(" ", "_") for column in table.columns]
    for row in table.rows:
        yield {**dict.fromkeys(ANNEX, ""), **dict(zip(keys, row, strict=True))}


def _lines(signature: Signature) -> Sequence[dict[str, str]]:
    return [{"dong": line.upper()} for line in signature.lines]
