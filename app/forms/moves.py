"""The form of any move, made from the needs in its row of the workflow table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from app.forms.fields import DayField, FigureField, ReachedField, TargetField
from app.forms.limits import NotLonger
from app.text import nfc
from app.ui.speech import in_english
from workflows.evidence import unread_links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wtforms import Field

    from workflows.kernel import Facts, Need, Transition

SHORT, LONG = 500, 200_000
MAX_ID = 10


def _strip(value: str | None) -> str | None:
    return nfc(value).strip() if value else value


def _in_one_line(value: str | None) -> str | None:
    return " ".join(nfc(value).split()) if value else value


def _text(need: Need) -> Field:
    too_long = NotLonger(SHORT)
    return StringField(need.label.vi, [too_long], filters=[_in_one_line])


def _long(need: Need) -> Field:
    too_long = NotLonger(LONG, attach=True)
    return TextAreaField(need.label.vi, [too_long], filters=[_strip])


def _links(need: Need) -> Field:
    too_long = NotLonger(LONG, attach=True)
    return TextAreaField(need.label.vi, [too_long, _each_is_a_link], filters=[_strip])


def _each_is_a_link(_form: FlaskForm, field: Field) -> None:
    if wrong := unread_links(field.data):
        said = _(
            "Chưa đọc được liên kết ở dòng «%(line)s». Hãy dán cả địa chỉ, mỗi dòng một địa chỉ: https://example.vn/tin-12.",
            line=wrong[0][:80],
        )
        raise ValidationError(said)


FIELDS: Mapping[str, Callable[[Need], Any]] = {
    "text": _text,
    "choice": _text,
    "long_text": _long,
    "date": lambda need: DayField(need.label.vi, [Optional()]),
    "unit": lambda need: IntegerField(need.label.vi, [Optional()]),
    "person": lambda need: IntegerField(need.label.vi, [Optional()]),
    "meeting": lambda need: IntegerField(need.label.vi, [Optional()]),
    "units": lambda need: SelectMultipleField(need.label.vi, coerce=int, validate_choice=False),
    "files": lambda need: MultipleFileField(need.label.vi),
    "flag": lambda need: BooleanField(need.label.vi),
    "number": lambda need: FigureField(need.label.vi, [Optional()]),
    "measure": lambda need: ReachedField(need.label.vi, [Optional()]),
    "target": lambda need: TargetField(need.label.vi, [Optional()]),
    "links": _links,
}


class MoveForm(FlaskForm):
    """What every move carries: the version seen, where to go on, whether it can still be taken back, for whom it is."""

    class Meta:
        """The token is checked for every POST before any view is called; here it would be made and checked again."""

        csrf = False

    version = IntegerField("", [Optional()])
    next = HiddenField("")
    hold = HiddenField("")
    recorded_for = IntegerField(_l("Ghi thay cho"), [Optional()])
    basis = StringField(_l("Căn cứ ghi thay"), [NotLonger(SHORT)], filters=[_strip])

    def given(self, row: Transition) -> dict[str, Any]:
        """Return what was typed, by the names of the row's needs; files not yet stored are left out."""
        return {need.name: self._fields[need.name].data for need in row.needs if need.kind != "files"}

    def typed(self, row: Transition) -> dict[str, Any]:
        """Return what was typed as it was typed, to be shown again."""
        shown = {}
        for need in row.needs:
            if need.kind == "files":
                continue
            field = self._fields[need.name]
            shown[need.name] = field._value() if need.kind in {"date", "number", "measure", "target"} else field.data  # noqa: SLF001 -- WTForms' way to the raw text
        if self.recorded_for.data:
            shown["basis"] = self.basis.data
        return shown

    def uploads(self, row: Transition) -> dict[str, list[Any]]:
        """Return the files chosen, by the names of the needs that take files."""
        return {
            need.name: [file for file in self._fields[need.name].data or [] if getattr(file, "filename", "")]
            for need in row.needs
            if need.kind == "files"
        }

    def faults(self) -> dict[str, list[str]]:
        """Return what could not be read, by field."""
        return {name: [str(error) for error in errors] for name, errors in self.errors.items() if name}


def form_for(row: Transition, facts: Facts) -> MoveForm:
    """Return the bound form of a move for an item with these facts."""
    hidden = tuple(need.name for need in row.needs if not need.applies(facts))
    form = _class_for(row, hidden)()
    for name in hidden:
        form._fields[name].data = None
    return form


def _class_for(row: Transition, hidden: tuple[str, ...]) -> type[MoveForm]:
    """Return the class of a row's form, made once because making one is slow; rows are constants of the tables."""
    key = id(row), hidden
    if key not in _CLASSES:
        fields = {need.name: HiddenField("") if need.name in hidden else FIELDS[need.kind](need) for need in row.needs}
        # The row is kept beside it, so that its id is never another's.
        _CLASSES[key] = row, type("BoundMoveForm", (MoveForm,), fields)
    return _CLASSES[key][1]


_CLASSES: dict[tuple[int, tuple[str, ...]], tuple[Transition, type[MoveForm]]] = {}


def sentence(words: tuple[str, str]) -> str:
    """Return the sentence in the reader's language."""
    return words[1] if in_english() else words[0]


def kept_ids(texts: Iterable[str]) -> list[int]:
    """Return the ids of files that an earlier try brought, as the form sends them back."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < MAX_ID]


def required_message() -> str:
    """Return the sentence for a field that must not be empty."""
    return str(_("Hãy nhập mục này."))
