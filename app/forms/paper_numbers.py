"""Numbering an invitation, minutes or a slip, and choosing an invitation's urgency and signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet

from app.forms.texts import SetupForm, line
from app.queries.kinds import URGENCIES
from app.ui.formats import words

if TYPE_CHECKING:
    from collections.abc import Iterable


class NumberPaperForm(SetupForm):
    """The clerk's number, or nothing where the committee counts itself."""

    number = line(_l("Số do văn thư cấp"), _l("Ví dụ 15, hoặc cả ký hiệu: 15/GM-UBND."), size=60)


class DressInvitationForm(SetupForm):
    """How urgent an invitation is marked, and who signs it."""

    urgency = SelectField(_l("Mức độ khẩn"), description=_l("Đóng khung dưới số, ký hiệu (Nghị định 30/2020)."))
    signer_id = SelectField(_l("Người ký"), coerce=int)

    def offer(self, signers: Iterable[tuple[int, str]]) -> None:
        """Set what may be chosen."""
        self.urgency.choices = [SelectChoice(key, words(said) or _l("— không —")) for key, said in URGENCIES.items()]
        self.signer_id.choices = [SelectChoice(person, name) for person, name in signers]
