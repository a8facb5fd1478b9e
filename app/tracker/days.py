"""Days as trackers hold them: «30/6», «trước 15/12/2026», «Quý III/2026», «Thường xuyên», or a bare number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from app.errors import Sentence
from app.reading.dates import WHEN, last_day
from app.reading.normalise import clean, fold, plain, squeeze
from app.tracker.sheet import shown

if TYPE_CHECKING:
    from app.tracker.sheet import Value

_WHEN = re.compile(WHEN)
_EPOCH = date(1899, 12, 30)
_SERIALS = (36526, 73050)
"""Excel's numbers of the days from 2000 to 2099."""
_YEARS = (2000, 2099)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![\d/.\-])(\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?)(\d{2})(?![\d/.\-])")
_FULL = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")
_MONTH = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?[/.\-]\s?(20\d\d)(?!\d)")
_T_MONTH = re.compile(r"(?<!\w)t\.?\s?(\d{1,2})(?=\s?[/.\-]\s?20\d\d|\s*$)")
_QUARTER = re.compile(r"(?<!\w)q(?:uý)?\s?\.?\s?(iv|i{1,3}|[1-4])(?=\s*(?:[/.\-]\s*|\s+năm\s+|\s+)?20\d\d|\s*$)")
_OF_YEAR = re.compile(r"(?:cuối|trong|hết)\s+năm(?!\s+\d|\s+nay)")
_NO_DAY = re.compile(
    r"thuong xuyen|lien tuc|hang ngay|lau dai|khong thoi han|khong co han|khong quy dinh|theo yeu cau|khi co yeu cau"
    r"|theo tien do|theo ke hoach|thuong nien|khi phat sinh|theo quy dinh|dot xuat"
)
_EVERY = re.compile(r"(?:hang|moi|dinh ky(?: hang)?|theo)\s+(tuan|thang|quy|nam)(?!\s*\d)")
_PERIOD = r"(?:tu[aầ]n|th[aá]ng|qu[yý]|n[aă]m)"
_TIMES = re.compile(
    rf"(?<!\w)(?:(?:\d{{1,2}}\s*)?l[aầ]n\s*/\s*(?:\d{{1,2}}\s*)?{_PERIOD}"
    rf"|(?:\d{{1,2}}\s*)?{_PERIOD}\s*/\s*(?:\d{{1,2}}\s*)?l[aầ]n)(?!\w)"
)
"""«1 lần/quý», «6 tháng/lần»: how often, which is no day."""
_ONCE = re.compile(
    r"(?:0?1\s*)?(?:lan\s*/\s*(?:0?1\s*)?(tuan|thang|quy|nam)|(tuan|thang|quy|nam)\s*/\s*(?:0?1\s*)?lan)"
)
_RHYTHM = {"tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "yearly"}
_VAGUE = re.compile(r"(?<!\w)(?:đầu(?!\s+năm)|giữa|khoảng|dự\s+kiến)(?!\w)")


@dataclass(frozen=True)
class DayRead:
    """What a cell says of a day: the day, or why there is none (`words`, `rhythm`), or what is wrong with it."""

    on: date | None = None
    words: str = ""
    rhythm: str | None = None
    wrong: Sentence | None = None
    doubt: Sentence | None = None


@lru_cache(maxsize=4096)
def read_day(value: Value, since: date | None) -> DayRead:
    """Return the last day that a cell allows; a day without a year is the next one from `since` on."""
    if isinstance(value, date):
        return DayRead(value)
    if isinstance(value, (int, float)):
        return _of_number(float(value))
    text = squeeze(clean(value))
    if not text:
        return DayRead()
    if text.isdecimal():
        return _of_number(float(text))
    made = _ISO.sub(lambda m: f"{m[3]}/{m[2]}/{m[1]}", plain(text))
    made = _SHORT_YEAR.sub(r"\g<1>20\g<2>", made)
    if broken := next((each for each in _FULL.finditer(made) if not _is_day(each)), None):
        return DayRead(wrong=_no_such_day(broken[0], text))
    return _of_words(_spelt_out(made, since), text, since)


def _spelt_out(made: str, since: date | None) -> str:
    """Write out the months and quarters that offices shorten: «T6/2026», «Q3/2026», «6/2026», «cuối năm»."""
    made = _T_MONTH.sub(r"tháng \1", made)
    made = _QUARTER.sub(r"quý \1", made)
    if not _FULL.search(made) and "tháng" not in made and "quý" not in made:
        made = _MONTH.sub(r"tháng \1/\2", made)
    return _OF_YEAR.sub(f"năm {since.year}", made) if since else made


def _of_words(made: str, text: str, since: date | None) -> DayRead:
    bare = fold(text)
    every, times = _EVERY.search(bare), _TIMES.search(made)
    made = _TIMES.sub(" ", made)
    # «hằng tháng» is no end of this month.
    told = [match for match in _WHEN.finditer(made) if not every or any(letter.isdigit() for letter in match[0])]
    days = [day for match in told if (day := last_day(match, since))]
    if days:
        return DayRead(max(days), doubt=_doubt(made, days, repeated=bool(every or times or _NO_DAY.search(bare))))
    if every:
        return DayRead(words=text, rhythm=_RHYTHM[every[1]])
    if times:
        once = _ONCE.fullmatch(fold(times[0]))
        return DayRead(words=text, rhythm=_RHYTHM[once[1] or once[2]] if once else None)
    if _NO_DAY.search(bare):
        return DayRead(words=text)
    from app.reading.deadlines import Anchor, find_due  # noqa: PLC0415 -- slow to load, and few requests ask for it
    from app.reading.page import Page  # noqa: PLC0415 -- the same

    page = Page.of(made)
    counted = find_due(page, 0, len(page.text), Anchor(document_on=since))
    if counted is not None and counted.on is not None:
        return DayRead(counted.on, doubt=_counted())
    return DayRead(wrong=_unread(text))


def _of_number(number: float) -> DayRead:
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return DayRead(_EPOCH + timedelta(days=int(number)))
    if _YEARS[0] <= number <= _YEARS[1]:
        return DayRead(date(int(number), 12, 31))
    return DayRead(wrong=_unread(shown(number)))


def _is_day(match: re.Match[str]) -> bool:
    try:
        date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return False
    return True


def _doubt(made: str, days: list[date], *, repeated: bool) -> Sentence | None:
    if len(set(days)) > 1:
        return Sentence("Ô có nhiều ngày; lấy ngày cuối.", "There are several days; the last is taken.")
    if repeated:
        return Sentence("Việc lặp lại; lấy ngày ghi trong ô.", "The work comes back; the day in the cell is taken.")
    if _VAGUE.search(made):
        return Sentence("Chữ không rõ ngày; lấy ngày cuối kỳ.", "The day is vague; the last of the period is taken.")
    return None


def _counted() -> Sentence:
    return Sentence("Tính từ ngày của văn bản giao.", "Counted from the day of the source.")


def _no_such_day(day: str, text: str) -> Sentence:
    return Sentence(
        f"«{text[:60]}»: lịch không có ngày {day}. Hãy nhập lại, ví dụ 30/6/2026.",
        f"“{text[:60]}”: there is no day {day}. Type it again, for example 30/6/2026.",
    )


def _unread(text: str) -> Sentence:
    return Sentence(
        f"Chưa đọc được ngày trong «{text[:60]}». Hãy nhập như 30/6/2026.",
        f"No day could be read from “{text[:60]}”. Type it like 30/6/2026.",
    )
