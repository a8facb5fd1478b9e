"""How long a typed text may be: a longer one is refused with its count, never cut."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms.validators import ValidationError


class NotLonger:
    """Refuses a text of more than `most` letters, saying how many it has; all of it stays in the field.

    Unlike WTForms' own check it gives the field no `maxlength`: with that, browsers cut a pasted text silently. The
    field's flag `most` lets its page count the letters while they are typed.
    """

    def __init__(self, most: int, *, attach: bool = False) -> None:
        """With `attach`, a file is a way out."""
        self.most, self.attach = most, attach
        self.field_flags = {"most": most}

    def __call__(self, _form: object, field: Any) -> None:  # noqa: ANN401 -- any field
        """Refuse what is too long."""
        count = len(field.data or "")
        if count <= self.most:
            return
        said = {"count": f"{count:,}".replace(",", "."), "max": f"{self.most:,}".replace(",", ".")}
        if self.attach:
            raise ValidationError(
                _("Dài quá: đã gõ %(count)s ký tự, nhiều nhất %(max)s. Hãy rút ngắn hoặc đính kèm tệp.", **said)
            )
        raise ValidationError(_("Dài quá: đã gõ %(count)s ký tự, nhiều nhất %(max)s. Hãy rút ngắn.", **said))
