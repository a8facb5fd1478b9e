"""The agenda as a frame for minutes: a heading for each item, with room for what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.queries.minutes_headings import plain_heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.models import AgendaItem

# The minutes are an official Vietnamese paper: these words are its text, not the screen's.
_ROOM = ("- Ý kiến thảo luận: ", "- Kết luận của người chủ trì: ")


class Heading(NamedTuple):
    """An item of the agenda as it stands in the minutes: its heading, the text to put in, and whether it is there."""

    title: str
    text: str
    there: bool


def headings_of(items: Iterable[AgendaItem], written: str, status: str = "") -> list[Heading]:
    """Return the agenda's items in order, each with what to put into the minutes.

    :param status: the sentence on earlier conclusions, with which the first item begins.
    """
    lines = {plain_heading(line) for line in written.splitlines()}
    found = []
    for number, item in enumerate(items, 1):
        title = f"{number}. {item.title}"
        said = [status] if status and item.kind == "status" else []
        said += [f"- {item.presenter} trình bày: "] if item.presenter else []
        found.append(Heading(title, "\n".join([title, *said, *_ROOM]), plain_heading(item.title) in lines))
    return found


def with_frame(written: str, items: Iterable[AgendaItem], status: str = "") -> str:
    """Return the text with a heading for each item that it does not have yet, behind what was written."""
    missing = [heading.text for heading in headings_of(items, written, status) if not heading.there]
    return "\n\n".join([*([written.rstrip()] if written.strip() else []), *missing]) + ("\n" if missing else "")
