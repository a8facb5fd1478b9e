"""What an invitation that was sent no longer says rightly: its words then beside the meeting as it is planned now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Sentence
from app.queries.calls import planned_call, sent_call
from app.ui.formats import instant
from workflows.meeting import CONVENED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.models import InvitationPaper, Meeting
    from app.queries.calls import Call


def changed_since(meeting: Meeting, paper: InvitationPaper | None) -> list[Sentence]:
    """Return what changed since the last call went out, a sentence each; nothing unless the meeting stands convened.

    Who is invited is not among it: whoever is added or taken off is told alone, at once.
    """
    sent = sent_call(paper) if meeting.state == CONVENED else None
    return [*_differences(sent, planned_call(meeting))] if sent else []


def told(changes: Sequence[Sentence]) -> str:
    """Return the changes as the new call tells them; letters are in Vietnamese."""
    return "\n".join(change.vi for change in changes)


def _differences(sent: Call, planned: Call) -> Iterator[Sentence]:
    if (sent.starts_at, sent.hour_known) != (planned.starts_at, planned.hour_known):
        yield _pair("Thời gian", "Time", instant(sent.starts_at), instant(planned.starts_at))
    for vi, en, before, after in (
        ("Địa điểm", "Place", sent.place, planned.place),
        ("Đường dẫn họp trực tuyến", "Online", sent.link, planned.link),
        ("Chủ trì", "Presider", sent.presider, planned.presider),
        ("Tên cuộc họp", "Meeting", sent.title, planned.title),
    ):
        if before != after:
            yield _pair(vi, en, before, after)
    yield from _of_agenda(sent.agenda, planned.agenda)


def _pair(vi: str, en: str, before: str, after: str) -> Sentence:
    return Sentence(f"{vi}: {before or '—'} → {after or '—'}.", f"{en}: {before or '—'} → {after or '—'}.")


def _of_agenda(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[Sentence]:
    then, now = [title for title, _ in before], [title for title, _ in after]
    if added := [title for title in now if title not in then]:
        yield _titles("Chương trình thêm", "Added to the agenda", added)
    if gone := [title for title in then if title not in now]:
        yield _titles("Chương trình bỏ", "Taken off the agenda", gone)
    if [title for title in then if title in now] != [title for title in now if title in then]:
        yield Sentence("Thứ tự các nội dung thay đổi.", "The order of the agenda has changed.")
    presenters = dict(before)
    for title, presenter in after:
        if title in presenters and presenters[title] != presenter:
            yield _pair(f"Người trình bày «{title}»", f"Presenter of “{title}”", presenters[title], presenter)


def _titles(vi: str, en: str, titles: Sequence[str]) -> Sentence:
    named = "; ".join(f"«{title}»" for title in titles)
    return Sentence(f"{vi}: {named}.", f"{en}: {named}.")
