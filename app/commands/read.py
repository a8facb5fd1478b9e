"""The role «read»: what a notice, minutes or a news item proposes, printed; it needs no database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import DomainError
from app.reading.errors import UnreadableError
from app.reading.export import as_data, as_json
from app.reading.files import read_file
from app.reading.reader import read_text
from app.reading.scoring import score_folder

if TYPE_CHECKING:
    import argparse

    from app.reading.model import Reading, ReadItem

REFUSED = 2
_KINDS = {
    "task": ("Nhiệm vụ", "Task"),
    "conclusion": ("Kết luận", "Conclusion"),
    "information": ("Thông tin", "Information"),
}
_FIELDS = {
    "title": ("Tiêu đề", "Title"),
    "date": ("Ngày họp", "Held on"),
    "chair": ("Chủ trì", "Chair"),
    "location": ("Địa điểm", "Place"),
    "lead": ("Đơn vị chủ trì", "Lead unit"),
    "coordinating": ("Đơn vị phối hợp", "Coordinating units"),
    "due": ("Thời hạn hoàn thành", "Due date"),
    "recurrence": ("Định kỳ", "Recurrence"),
}
_AGAIN = {
    "weekly": ("hằng tuần", "weekly"),
    "monthly": ("hằng tháng", "monthly"),
    "quarterly": ("hằng quý", "quarterly"),
    "yearly": ("hằng năm", "yearly"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file to read, the form of the answer and its language."""
    parser.add_argument("file", type=Path, nargs="?", help="tệp .docx, .pdf, .html hoặc .txt (the file)")
    parser.add_argument(
        "--score",
        type=Path,
        metavar="DIR",
        help="chấm điểm trên thư mục văn bản có .json kèm bên (score against a folder of texts with .json beside them)",
    )
    parser.add_argument("--json", action="store_true", help="chỉ in JSON (print JSON alone)")
    parser.add_argument("--lang", choices=("vi", "en"), help="ngôn ngữ của lời nhắn (language of messages)")


def run(args: argparse.Namespace) -> int:
    """Print what the file proposes; return 0, or 2 with one sentence on stderr for a file that cannot be read."""
    english = _is_english(args.lang)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # Vietnamese also where LANG=C
    try:
        if args.score:
            print(score_folder(args.score).report())
            return 0
        if args.file is None:
            raise UnreadableError.unnamed()
        file = read_file(args.file)
        reading = read_text(file.text)
    except DomainError as error:
        print(error.sentence.en if english else error.sentence.vi, file=sys.stderr)
        return REFUSED
    for note in file.notes:
        print(note.en if english else note.vi, file=sys.stderr)
    print(as_json(reading) if args.json else listing(reading, english=english))
    return 0


def listing(reading: Reading, *, english: bool = False) -> str:
    """Return the reading for a person, each suggestion with the words it was read from."""
    column = 1 if english else 0
    head = as_data(reading)["meeting"]
    lines = [f"{_FIELDS[name][column]}: {value or '-'}" for name, value in head.items()]
    section = None
    for number, item in enumerate(reading.items, start=1):
        if item.section != section:
            section = item.section
            lines += ["", section or ""]
        lines.append(f"{number}. [{_KINDS[item.kind][column]}] {item.text}")
        lines += [f"     {line}" for line in _suggestions(item, column)]
    empty = "Không đọc được mục nào trong văn bản này." if not english else "No clause was found in this text."
    return "\n".join(lines if reading.items else [*lines, "", empty])


def _suggestions(item: ReadItem, column: int) -> list[str]:
    values = {
        "lead": item.lead.words if item.lead else None,
        "coordinating": "; ".join(named.words for named in item.coordinating),
        "due": item.due.strftime("%d/%m/%Y") if item.due else item.due_text,
        "recurrence": _AGAIN[item.recurrence][column] if item.recurrence else None,
    }
    source = ("đọc từ", "read from")[column]
    return [
        f"{_FIELDS[name][column]}: {value}  ({source} “{item.because[name].words}”)"
        for name, value in values.items()
        if value
    ]


def _is_english(chosen: str | None) -> bool:
    """Return whether messages are in English: asked for, or the environment's language."""
    if chosen:
        return chosen == "en"
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return named.lower().startswith("en")
