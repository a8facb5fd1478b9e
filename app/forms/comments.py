"""What somebody says beside a task."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.text import nfc

LONGEST = 5_000


class CommentForm(FlaskForm):
    """One comment; the token was checked before any view was called."""

    class Meta:
        """See MoveForm."""

        csrf = False

    text = TextAreaField(
        _l("Trao đổi"),
        [
            DataRequired(_l("Hãy nhập nội dung trao đổi.")),
            Length(max=LONGEST, message=_l("Dài quá %(max)d ký tự. Hãy rút ngắn hoặc đính kèm tệp.", max=LONGEST)),
        ],
        filters=[lambda value: nfc(value).strip() if value else value],
    )
