"""What all set-up pages share: the blueprint, who is allowed in, and trying a change without losing what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, ForbiddenError, NotFoundError
from app.models import Authority, Committee
from app.queries.organisation import load_own
from app.ui.formats import day as day_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from app.forms.texts import SetupForm

    Result = TypeVar("Result")

setup = Blueprint("setup", __name__, url_prefix="/setup")
CANNOT = 422
SOON = timedelta(days=31)


def authority() -> Authority:
    """Return the authority of the person who is here."""
    return session.get_one(Authority, current_user.person.authority_id)


def attempt(form: SetupForm, change: Callable[[], Result]) -> Result | None:
    """Make a change in a transaction and return its result; None when the form or the service refuses.

    What is refused stands in the form, beside what was typed. Whatever is no fault of the form is raised on.
    """
    if not form.validate_on_submit():
        return None
    try:
        with transaction():
            return change()
    except DomainError as error:
        if error.status not in {CANNOT, 413}:
            raise
        form.blame(error)
        return None


def status_of(form: SetupForm) -> int:
    """Return the HTTP status of a page with this form: 422 when what was sent was refused."""
    return CANNOT if form.is_submitted() else 200


def free_from(ends: Iterable[date | None]) -> date:
    """Return the day after an office that is about to end (within a month), for who comes after; else today."""
    ending = [last for last in ends if last and today() <= last <= today() + SOON]
    return max(ending) + timedelta(days=1) if ending else today()


def ended_words(last: date) -> str:
    """Say until when somebody keeps the rights of an office or seat whose last day was written."""
    if last < today():
        return _("Đã thôi giữ chức, ngày cuối là %(day)s; các quyền của chức này đã hết.", day=day_words(last))
    return _("Đã ghi: vẫn giữ quyền đến hết ngày %(day)s.", day=day_words(last))


def require_set_up() -> None:
    """Let administrators and secretaries in.

    :raises ForbiddenError: everybody else.
    """
    standing = current_user.standing
    if not (standing.is_admin or standing.secretary_of):
        raise ForbiddenError(
            "Trang thiết lập dành cho quản trị hệ thống và thư ký của ban. Hãy liên hệ họ nếu cần thay đổi.",
            "The set-up pages are for administrators and secretaries. Ask them if something must change.",
        )


def set_up_committee(committee_id: int) -> tuple[Committee, str]:
    """Return a committee that this person may set up and as what: its secretary, else an administrator.

    :raises NotFoundError: it is not there, or not for this person.
    """
    standing = current_user.standing
    committee = load_own(Committee, committee_id, standing.authority_id)
    if committee_id in standing.secretary_of:
        return committee, "secretary"
    if standing.is_admin:
        return committee, "admin"
    raise NotFoundError
