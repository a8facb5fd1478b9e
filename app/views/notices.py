"""Conclusion notices: the register, making one of a text, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet

from app import access
from app.clock import day_of, today
from app.db import transaction
from app.documents.official.again import text_again
from app.errors import DomainError, ForbiddenError
from app.forms.moves import sentence
from app.forms.notices import ComposeNoticeForm
from app.forms.tasks import read_page
from app.models import Meeting, Notice
from app.queries import notice_register as register
from app.queries import notices as found
from app.queries.calendars import calendar_of
from app.queries.notice_order import committee_last_noticed
from app.queries.paper_text import live_clauses
from app.reading.errors import ClassifiedTextError
from app.services.notices import Earlier, KnownPaperError, OldPaper, compose_notice, signer_then
from app.ui.notice_relations import relations_of
from app.views.guard import by_loader, signed_in
from app.views.moves import Attempt, page_for
from app.views.notice_page import draw
from app.views.notice_sources import file_sent, hold_for_again, keep_original, where_to_look
from workflows.notice import ISSUED, NOTICE
from workflows.urgency import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from app.models import Committee, Conclusion

notices = Blueprint("notices", __name__)

MAX_YEAR = 9999


@notices.get("/notices")
@signed_in
def list() -> ResponseReturnValue:  # noqa: A001 -- the verb of this view; called as notices.list
    """Show the register of the notices this person may see, narrowed by the address."""
    standing, args = current_user.standing, request.args
    wanted = read_wanted(args)
    page = register.notices_seen_by(standing, wanted)
    return render_template(
        "notices/list.html",
        wanted=wanted,
        register=page,
        named=NOTICE.by_name,
        urgency=LEVELS,
        relations_of=relations_of,
        states=[(state.name, sentence(state.label)) for state in NOTICE.states],
        committees=[(committee.id, committee.name) for committee in register.committees_of(standing)],
        years=[(year, str(year)) for year in register.register_years(standing)],
        may_compose=bool(standing.secretary_of),
        chosen=_chosen(wanted),
        args={k: v for k, v in args.items() if v},
    )


def read_wanted(args: Mapping[str, str]) -> register.Wanted:
    """Return what an address narrows the register to; what cannot be read is left out."""
    return register.Wanted(
        q=args.get("q", "").strip()[:200],
        committee_id=_number(args.get("committee", "")),
        state=args["state"] if args.get("state") in NOTICE.by_name else "",
        year=_number(args.get("year", ""), MAX_YEAR),
        page=read_page(args),
    )


def _number(text: str, most: int = 2**31) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 and 0 < int(text) <= most else None  # noqa: PLR2004 -- digits of 2**31


def _chosen(wanted: register.Wanted) -> Sequence[tuple[str, str]]:
    """Return the conditions in force, each with the address that takes it away."""
    given = {"q": wanted.q, "committee": wanted.committee_id, "state": wanted.state, "year": wanted.year}
    words = {
        "q": _("Có chữ «%(q)s»", q=wanted.q),
        "committee": _("Ban đã chọn"),
        "state": sentence(NOTICE.by_name[wanted.state].label) if wanted.state else "",
        "year": _("Năm %(year)s", year=wanted.year),
    }
    kept = {name: value for name, value in given.items() if value}
    path = url_for("notices.list")
    return [
        (words[name], f"{path}?{urlencode({other: kept[other] for other in kept if other != name})}") for name in kept
    ]


@notices.route("/notices/new", methods=["GET", "POST"])
@signed_in
def compose() -> ResponseReturnValue:
    """Make a notice of a text, without a meeting: also an old one that was issued on paper.

    An address that names a meeting leads to that meeting's notice.
    """
    if meeting_id := _number(request.args.get("meeting", "")):
        old = "1" if "historic" in request.args else None
        return redirect(url_for("notices.compose_for_meeting", meeting_id=meeting_id, historic=old), 303)
    committees = found.committees_as_secretary(current_user.standing)
    if not committees:
        raise ForbiddenError(
            "Chỉ thư ký của một ban được soạn thông báo kết luận. Hãy liên hệ thư ký của ban.",
            "Only a committee's secretary may compose a notice. Ask the secretary.",
        )
    wanted = _number(request.args.get("committee", "")) or committee_last_noticed(committees)
    form = ComposeNoticeForm(committee=wanted, historic="historic" in request.args)
    form.committee.choices = [SelectChoice(committee.id, committee.name) for committee in committees]
    return _compose(form, {committee.id: committee for committee in committees}, None)


@notices.route("/notices/<int:notice_id>/replacement", methods=["GET", "POST"])
@by_loader
def replace(notice_id: int) -> ResponseReturnValue:
    """Make the notice that supersedes an issued one, beginning with its words."""
    return _follow(notice_id, supplements=False)


@notices.route("/notices/<int:notice_id>/supplement", methods=["GET", "POST"])
@by_loader
def supplement(notice_id: int) -> ResponseReturnValue:
    """Make a notice that supplements an issued one, which stays in force."""
    return _follow(notice_id, supplements=True)


def _follow(notice_id: int, *, supplements: bool) -> ResponseReturnValue:
    earlier = access.load_as_secretary(Notice, notice_id, current_user.standing)
    if earlier.state != ISSUED:
        flash(_("Chỉ thay thế hoặc bổ sung được thông báo đang có hiệu lực."), "warning")
        return redirect(url_for("notices.show", notice_id=notice_id), 303)
    form = ComposeNoticeForm(committee=earlier.committee_id)
    form.committee.choices = [SelectChoice(earlier.committee_id, earlier.committee.name)]
    if not form.is_submitted() and not supplements:
        form.text.data = text_again(earlier)
    return _compose(form, {earlier.committee_id: earlier.committee}, None, Earlier(earlier, supplements))


@notices.route("/meetings/<int:meeting_id>/notice", methods=["GET", "POST"])
@by_loader
def compose_for_meeting(meeting_id: int) -> ResponseReturnValue:
    """Make the notice of a meeting; where it has one already, go there."""
    meeting = access.load_as_secretary(Meeting, meeting_id, current_user.standing)
    there = found.live_notice_of(meeting.id)
    if there is not None:
        return redirect(url_for("notices.show", notice_id=there.id), 303)
    name, title = signer_then(meeting)
    form = ComposeNoticeForm(
        historic=meeting.historic or "historic" in request.args,
        issued_on=day_of(meeting.starts_at) if meeting.historic else None,
        signer_name=name,
        signer_title=title,
    )
    form.committee.choices = [SelectChoice(meeting.committee_id, meeting.committee.name)]
    form.committee.data = meeting.committee_id
    return _compose(form, {meeting.committee_id: meeting.committee}, meeting)


def _compose(
    form: ComposeNoticeForm, committees: dict[int, Committee], meeting: Meeting | None, earlier: Earlier | None = None
) -> ResponseReturnValue:
    """Draw the form, or make the draft.

    Over 40 lines: what is kept of a refused try is decided in one place.
    """
    status, forget, same = 200, False, None
    if form.validate_on_submit():
        committee = committees[form.committee.data]
        try:
            typed, (original, read) = form.text.data or "", file_sent(form)
            with transaction():
                notice = compose_notice(
                    committee,
                    typed if typed.strip() else read.text,
                    current_user.person,
                    meeting=meeting,
                    subject=form.subject.data or "",
                    old=_old(form, meeting),
                    earlier=earlier,
                    # What follows a notice may well begin with its very words.
                    unless=None if earlier else where_to_look(form, original),
                )
                keep_original(notice, original)
        except KnownPaperError as error:
            status, same = 422, access.load(Notice, error.notice_id, current_user.standing)
            hold_for_again(form, original, read.text)
        except DomainError as error:
            status, forget = error.status, isinstance(error, ClassifiedTextError)
            name = "file" if error.field == "files" else error.field
            field = form[name if name and name in form else "text"]
            field.errors = [*field.errors, sentence(error.sentence)]
            if forget:
                form.text.data = form.text.raw_data = None
        else:
            return _composed(notice)
    elif form.is_submitted():
        status = 422
    page = render_template(
        "notices/compose.html",
        form=form,
        meeting=meeting,
        earlier=earlier,
        same=same,
        forget=forget,
        several=len(committees) > 1,
        today=today(),
        calendar=calendar_of(current_user.standing.authority_id),
    )
    return page, status


def _old(form: ComposeNoticeForm, meeting: Meeting | None) -> OldPaper | None:
    """Return what an old notice says of itself; None where the notice is yet to be issued."""
    if not form.historic.data and not (meeting and meeting.historic):
        return None
    return OldPaper(form.issued_on.data, form.signer_name.data or "", form.signer_title.data or "")


def _composed(notice: Notice) -> ResponseReturnValue:
    clauses = live_clauses(notice)
    flash(
        ngettext(
            "Đã cắt văn bản thành %(num)d kết luận. Hãy rà soát từng kết luận.",
            "Đã cắt văn bản thành %(num)d kết luận. Hãy rà soát từng kết luận.",
            len(clauses),
        )
        if clauses
        else _("Chưa tách được kết luận nào từ văn bản. Hãy thêm từng kết luận ở cuối trang."),
        "success" if clauses else "warning",
    )
    if kept := {row.task_id for row in notice.replaced}:
        flash(
            ngettext(
                "Đã ghép sẵn %(num)d nhiệm vụ đang mở với kết luận giống như cũ."
                " Hãy xem lại khi rà soát; sửa được ở «Nhiệm vụ của thông báo bị thay thế» cuối trang.",
                "Đã ghép sẵn %(num)d nhiệm vụ đang mở với kết luận giống như cũ."
                " Hãy xem lại khi rà soát; sửa được ở «Nhiệm vụ của thông báo bị thay thế» cuối trang.",
                len(kept),
            ),
            "info",
        )
    if not clauses:
        return redirect(url_for("notices.show", notice_id=notice.id), 303)
    first = clauses[0]
    return redirect(url_for("notices.show", notice_id=notice.id, clause=first.id, _anchor=first.address), 303)


@notices.get("/notices/<int:notice_id>")
@by_loader
def show(notice_id: int) -> ResponseReturnValue:
    """Show a notice: its draft to the secretary, the paper to everybody else who may see it."""
    whole = found.read_whole(notice_id)  # held until the page is drawn, permission or not
    page = draw(access.load(Notice, notice_id, current_user.standing))
    del whole
    return page


@page_for("notice", home=lambda notice: url_for("notices.show", notice_id=notice.id))
def draw_notice(notice: Notice, attempt: Attempt | None) -> str:
    """Draw a notice's page with an attempt that failed."""
    return draw(notice, attempt)


@page_for("conclusion", home=lambda clause: url_for("notices.show", notice_id=clause.notice_id))
def draw_conclusion(clause: Conclusion, attempt: Attempt | None) -> str:
    """Draw the page of the notice that a clause belongs to."""
    return draw(clause.notice, attempt)
