"""A committee's own templates of official papers: what there is, the fields they may name, giving one in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import now
from app.db import transaction
from app.documents.office.fields import FIELDS
from app.documents.office.starter import starter_for
from app.documents.office.templates import check_template
from app.documents.official.files import MEDIA
from app.errors import NotFoundError
from app.forms.office_templates import GiveTemplateForm
from app.services import office_templates as service
from app.views.guard import by_loader
from app.views.setup.area import attempt, set_up_committee, setup
from workflows.words import Words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import Attachment

PARTY = "party"
NAMES = {
    "notice": Words("Thông báo kết luận", "Conclusion notice"),
    "minutes": Words("Biên bản", "Minutes"),
    "invitation": Words("Giấy mời", "Invitation"),
    "reminder": Words("Phiếu đôn đốc", "Reminder slip"),
    "proposal": Words("Tờ trình", "Proposal"),
}


@setup.route("/committees/<int:committee_id>/templates", methods=["GET", "POST"])
@by_loader
def show_templates(committee_id: int) -> ResponseReturnValue:
    """Show which papers have a template of the office's own, and take one in after it was tried."""
    committee, role = set_up_committee(committee_id)
    form = GiveTemplateForm()

    def give() -> Attachment:
        upload = form.file.data
        content: bytes = upload.read()
        check_template(content)
        return service.keep_template(
            committee, form.paper.data, content, upload.filename or "mau.docx", current_user.person, role
        )

    if attempt(form, give) is not None:
        flash(_("Đã dùng mẫu mới. Văn bản Word tải về từ nay theo mẫu này."), "success")
        return redirect(url_for("setup.show_templates", committee_id=committee.id), 303)
    page = render_template(
        "setup/templates.html",
        committee=committee,
        form=form,
        names=NAMES,
        fields=FIELDS,
        own=service.templates_of(committee.id),
    )
    return page, 422 if form.is_submitted() else 200


@setup.post("/committees/<int:committee_id>/templates/<paper>/remove")
@by_loader
def remove_template(committee_id: int, paper: str) -> ResponseReturnValue:
    """Go back to our own form."""
    committee, role = set_up_committee(committee_id)
    _check(paper)
    with transaction():
        there = service.drop_template(committee, paper, current_user.person, role)
    if there:
        flash(_("Đã bỏ mẫu riêng. Văn bản lại theo mẫu của phần mềm."), "success")
    return redirect(url_for("setup.show_templates", committee_id=committee.id), 303)


@setup.get("/committees/<int:committee_id>/templates/<paper>/file")
@by_loader
def fetch_template(committee_id: int, paper: str) -> ResponseReturnValue:
    """Give the template in use, else one to begin with."""
    committee, _role = set_up_committee(committee_id)
    _check(paper)
    kept = service.template_bytes(committee.id, paper)
    content = kept or starter_for(paper, now(), party=committee.profile == PARTY)
    response = Response(content, mimetype=MEDIA["docx"])
    response.headers.set("Content-Disposition", "attachment", filename=f"mau-{paper}.docx")
    return response


def _check(paper: str) -> None:
    if paper not in NAMES:
        raise NotFoundError
