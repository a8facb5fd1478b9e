"""In the room: the screen on which the secretary types while people speak, and what it sends.

Over 300 lines: all that the one screen sends, by script and by plain forms, stands together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app import access
from app.clock import today
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError
from app.forms.moves import sentence
from app.forms.room import KINDS, TypeClauseForm
from app.models import Conclusion, Meeting
from app.queries.attendance import expected
from app.queries.calendars import calendar_of
from app.queries.choices import group_choices, unit_choices
from app.queries.meetings import Papers, papers_of_meeting, read_meeting
from app.queries.paper_facts import meeting_facts, papers_there
from app.queries.room import key_of, mark_of_room, read_room
from app.queries.status_sentence import status_sentence
from app.reading.errors import ClassifiedTextError
from app.services import room as service
from app.services.meetings import record_attendance
from app.services.moves import Sight, make_move, offers_for
from app.services.room_minutes import take_over
from app.ui.room_words import clause_words, is_writable, notes_words, state_of
from app.views.guard import by_loader
from app.views.meetings import ATTENDANCE, typed_attendance
from app.views.moves import Attempt
from app.views.pieces import whole_page
from workflows.meeting import CONVENED, HELD, IN_SESSION, MEETING, SITTING
from workflows.minutes import EDITABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask.typing import ResponseReturnValue

    from app.queries.room import Room

room = Blueprint("room", __name__, url_prefix="/meetings")

BEFORE_END = frozenset({CONVENED, IN_SESSION})
STEPS = {"up": -1, "down": 1}
DEPTHS = {"in": 1, "out": -1}


@room.get("/<int:meeting_id>/room")
@by_loader
def write(meeting_id: int) -> ResponseReturnValue:
    """Open the screen for typing, at the item that the address names."""
    # Read whole, so that the loader finds it with all the screen needs.
    whole = read_meeting(meeting_id)
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    return _draw(meeting, papers=whole[1] if whole else None)


def _draw(
    meeting: Meeting,
    failed: Mapping[str, Any] | None = None,
    ending: Attempt | None = None,
    papers: Papers | None = None,
) -> str:
    """Draw the screen; `failed` holds what was typed in a plain form and why it was not taken, `ending` the same.

    :param papers: the meeting's, where the caller has read them.

    Over 40 lines: what one screen is drawn from, side by side.
    """
    found = read_room(meeting)
    wanted = _number(request.values.get("item", ""))
    item = (
        found.item(wanted) or found.item(found.place.item_id if found.place else None) or next(iter(found.items), None)
    )
    authority_id = meeting.authority_id
    form = (failed or {}).get("form") or _opened(found)
    form.offer(unit_choices(authority_id), group_choices(authority_id))
    minutes, notices = papers or papers_of_meeting(meeting.id)
    sight = Sight(meeting_facts(meeting, papers_there(minutes, notices)), None)
    rows = offers_for(meeting, current_user.actor, sight) if meeting.state in BEFORE_END else []
    offered = {row.event: row for row in rows}
    return render_template(
        "meetings/room.html",
        meeting=meeting,
        phase=MEETING.by_name[meeting.state],
        sitting=meeting.state in SITTING and not meeting.historic,
        room=found,
        item=item,
        state={**state_of(found), "token": generate_csrf(), "person": current_user.person.id},
        shown=[clause_words(clause, found.writers.get(clause.id, "")) for clause in found.clauses],
        writable=is_writable(found),
        form=form,
        failed=failed or {},
        kinds=KINDS,
        minutes_open=minutes is None or minutes.state in EDITABLE,
        held=meeting.state == HELD,
        minutes=minutes,
        may_start=offered.get("start"),
        may_end=MEETING.by_event["end"][0] if meeting.state == IN_SESSION else None,
        ending=ending,
        expected=expected,
        attendance=ATTENDANCE,
        today=today(),
        calendar=calendar_of(authority_id),
    )


def _opened(found: Room) -> TypeClauseForm:
    """Return the form of the clause that the address asks to change, else of a new one."""
    form = TypeClauseForm(formdata=None)
    wanted = request.args.get("clause", "")
    clause = next((one for one in found.clauses if key_of(one) == wanted), None)
    if clause is not None:
        form.show(clause)
    else:
        form.kind.data = service.CONCLUSION
    return form


@room.get("/<int:meeting_id>/room/state")
@by_loader
def state(meeting_id: int) -> ResponseReturnValue:
    """Give what was typed until now; nothing where the browser has just that."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    if page := whole_page("room.write", meeting_id=meeting_id):
        return page
    mark = mark_of_room(meeting)
    if request.if_none_match.contains(mark):
        return "", 304, {"ETag": f'"{mark}"'}
    return _now(meeting, mark)


def _now(meeting: Meeting, mark: str) -> ResponseReturnValue:
    said = state_of(read_room(meeting))
    answer = jsonify({**said, "token": generate_csrf(), "person": current_user.person.id})
    answer.set_etag(mark)
    return answer


@room.post("/<int:meeting_id>/room/send")
@by_loader
def send(meeting_id: int) -> ResponseReturnValue:
    """Keep one thing that was typed, sent by the script: a clause, its going, an order, notes, a place."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    sent = request.get_json(silent=True)
    said: dict[str, Any] = sent if isinstance(sent, dict) else {}
    act = ACTS.get(_text(said, "op"))
    if act is None:
        return jsonify(error={"sentence": _("Không hiểu nội dung gửi lên. Hãy tải lại trang.")}), 422
    try:
        with transaction():
            act(meeting, said)
    except service.ClashError as error:
        return jsonify(clash=_theirs(error), error={"sentence": sentence(error.sentence)}), 409
    except ChangedMeanwhileError as error:
        return jsonify(again=True, error={"sentence": sentence(error.sentence)}), 409
    except DomainError as error:
        forget = isinstance(error, ClassifiedTextError)
        return jsonify(error={"sentence": sentence(error.sentence), "forget": forget}), error.status
    session.expire_all()
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    return _now(meeting, mark_of_room(meeting))


def _theirs(error: service.ClashError) -> dict[str, Any] | None:
    """Return what the other one wrote; None where it was dropped."""
    found = error.theirs
    if found is None:
        return None
    session.refresh(found)
    if isinstance(found, Conclusion):
        return clause_words(found, service.writer_of(found))
    return notes_words(found)


def _save(meeting: Meeting, said: Mapping[str, Any]) -> None:
    clause = service.save_clause(meeting, _typed(said), current_user.person)
    service.look_at(meeting, clause.agenda_item_id, key_of(clause))


def _typed(said: Mapping[str, Any]) -> service.Typed:
    return service.Typed(
        key=_text(said, "key"),
        item_id=_whole(said, "item"),
        text=_text(said, "text"),
        kind=_text(said, "kind"),
        lead=_text(said, "lead"),
        due=_text(said, "due"),
        after=_text(said, "after"),
        depth=_whole(said, "depth") or 0,
        seen=_text(said, "seen"),
        coordinating=_units(said.get("coordinating")),
        restores=_text(said, "restores"),
    )


def _units(said: object) -> frozenset[int] | None:
    """Return the units that were sent; None where nothing was said of them."""
    if not isinstance(said, list):
        return None
    return frozenset(one for one in said if isinstance(one, int) and not isinstance(one, bool) and 0 < one < 2**31)


def _restore(meeting: Meeting, said: Mapping[str, Any]) -> None:
    service.restore_clause(meeting, _text(said, "which"), current_user.person)


def _drop(meeting: Meeting, said: Mapping[str, Any]) -> None:
    service.drop_clause(meeting, _text(said, "key"), _text(said, "seen"), current_user.actor)


def _arrange(meeting: Meeting, said: Mapping[str, Any]) -> None:
    rows = said.get("keys")
    wanted = [
        (_text(row, "key"), _whole(row, "depth") or 0)
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]
    service.order_clauses(meeting, _whole(said, "item"), wanted, current_user.person)


def _note(meeting: Meeting, said: Mapping[str, Any]) -> None:
    item_id, text, seen = _whole(said, "item") or 0, _text(said, "text"), _text(said, "seen")
    service.write_notes(meeting, item_id, text, seen, current_user.person)
    service.look_at(meeting, item_id, "")


def _look(meeting: Meeting, said: Mapping[str, Any]) -> None:
    service.look_at(meeting, _whole(said, "item"), _text(said, "key"))


ACTS: Mapping[str, Callable[[Meeting, Mapping[str, Any]], None]] = {
    "clause": _save, "drop": _drop, "restore": _restore, "order": _arrange, "notes": _note, "look": _look,
}  # fmt: skip


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _whole(said: Mapping[str, Any], name: str) -> int | None:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004 -- longer than any id


@room.post("/<int:meeting_id>/room")
@by_loader
def keep(meeting_id: int) -> ResponseReturnValue:
    """Keep what was typed in a plain form, without script: a clause, its place, notes."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    form = TypeClauseForm()
    do, item_id = request.form.get("do", ""), form.item.data
    try:
        with transaction():
            _keep_plain(meeting, form, do)
    except DomainError as error:
        session.rollback()
        meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
        secret = isinstance(error, ClassifiedTextError)
        if secret:
            form.text.data = form.text.raw_data = None
        theirs = _theirs(error) if isinstance(error, service.ClashError) else None
        if theirs:
            # What is sent next was decided with both texts in sight.
            form.seen.data, form.seen.raw_data = theirs["seen"], None
        failed = {"form": form, "do": do, "said": sentence(error.sentence), "theirs": theirs, "secret": secret}
        return _draw(meeting, failed), error.status
    flash(_("Đã lưu."), "success")
    return redirect(url_for("room.write", meeting_id=meeting_id, item=item_id, _anchor="room-form"), 303)


def _keep_plain(meeting: Meeting, form: TypeClauseForm, do: str) -> None:
    key, seen, item_id = form.key.data or "", form.seen.data or "", form.item.data
    if do == "notes":
        service.write_notes(meeting, item_id or 0, form.text.data or "", seen, current_user.person)
    elif do == "drop":
        service.drop_clause(meeting, key, seen, current_user.actor)
    elif do == "restore":
        service.restore_clause(meeting, key, current_user.person)
    elif do in STEPS or do in DEPTHS:
        service.shift_clause(meeting, key, STEPS.get(do, 0), DEPTHS.get(do, 0), current_user.person)
    else:
        names = ("text", "kind", "lead", "due", "after", "seen")
        said: dict[str, Any] = {name: form[name].data or "" for name in names}
        said["coordinating"] = form.coordinating.data or []
        _save(meeting, {**said, "key": key or service.new_key(), "item": item_id})


@room.post("/<int:meeting_id>/room/end")
@by_loader
def end(meeting_id: int) -> ResponseReturnValue:
    """Record who came and end the meeting, without leaving the room."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    try:
        with transaction():
            record_attendance(meeting, typed_attendance(meeting))
            make_move(meeting, "end", actor=current_user.actor)
    except DomainError as error:
        session.rollback()
        meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
        attempt = Attempt("end", dict(request.form), {}, sentence(error.sentence))
        return _draw(meeting, ending=attempt), error.status
    flash(_("Đã kết thúc họp. Tiếp theo: bấm «Đưa vào biên bản», hoàn thiện thông báo kết luận."), "success")
    return redirect(url_for("room.write", meeting_id=meeting_id, item=_number(request.form.get("item", ""))), 303)


@room.post("/<int:meeting_id>/room/minutes")
@by_loader
def to_minutes(meeting_id: int) -> ResponseReturnValue:
    """Put what was typed into the minutes, and go there."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    try:
        with transaction():
            take_over(meeting, current_user.person, status_sentence(meeting, current_user.standing, today()))
    except DomainError as error:
        flash(sentence(error.sentence), "error")
        return redirect(url_for("room.write", meeting_id=meeting_id), 303)
    flash(_("Đã đưa nội dung ghi tại phòng họp vào biên bản. Hãy đọc lại trước khi trình duyệt."), "success")
    return redirect(url_for("minutes.write", meeting_id=meeting_id), 303)
