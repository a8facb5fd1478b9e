"""What every page shares: formats, marks, navigation, chart geometry; put into Jinja by `init_app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import clause_places, clock
from app.ui import (
    charts,
    day_faults,
    formats,
    frame,
    holidays,
    kept,
    listing,
    long_words,
    marks,
    mentions,
    register_rows,
    speech,
    static_files,
    task_words,
    templates,
    unit_rows,
)
from app.ui.navigation import url_if_known
from app.ui.shell import Shell
from workflows.evidence import RULES

if TYPE_CHECKING:
    from flask import Flask

FILTERS = {
    "day": formats.day,
    "day_typed": formats.day_typed,
    "figure_typed": formats.figure_typed,
    "day_short": formats.day_short,
    "met_at": formats.met_at,
    "day_long": formats.day_long,
    "weekday": formats.weekday,
    "instant": formats.instant,
    "clock": formats.clock_time,
    "number": formats.number,
    "figure": formats.figure,
    "percent": formats.percent,
    "rate": formats.rate,
    "points": formats.points,
    "days_left": formats.days_left,
    "file_size": formats.file_size,
    "words": formats.words,
    "iso": formats.iso,
    "printed_place": clause_places.printed,
    "notes": formats.notes,
    "called_place": formats.called_place,
    "cited_place": formats.cited_place,
    "cited_place_first": formats.cited_place_first,
}
GLOBALS = {
    "now": clock.now,
    "icon": marks.icon,
    "status": marks.status,
    "due": marks.due,
    "person": marks.person,
    "unit_name": marks.unit_name,
    "parted": long_words.parted,
    "with_mentions": mentions.with_mentions,
    "count_badge": marks.count_badge,
    "frame_piece": frame.frame_piece,
    "options_of": marks.options_of,
    "column_ticks": register_rows.column_ticks,
    "register_rows": register_rows.register_rows,
    "unit_rows": unit_rows.unit_rows,
    "empty_fields": kept.empty_fields,
    "picker_options": kept.picker_options,
    "refusal_lines": kept.refusal_lines,
    "static_url": static_files.static_url,
    "beyond": task_words.beyond,
    "day_names": holidays.day_names,
    "day_faults": day_faults.words_for_script,
    "page_window": listing.page_window,
    "sort_link": listing.sort_link,
    "url_with": listing.url_with,
    "url_if_known": url_if_known,
    "bars_of": charts.bars,
    "line_of": charts.line,
    "strip_of": charts.strip,
    "target_of": charts.target,
    "course_of": charts.course,
    "evidence_rules": RULES,
    "default_shell": Shell(),
}


def init_app(app: Flask) -> None:
    """Register the filters and globals that the templates use (listed in docs/ui.md)."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    speech.init_app(app)
    templates.init_app(app)
    static_files.init_app(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
