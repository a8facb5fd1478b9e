"""The reader's language: quick translation for templates and formats.

The texts in the code are Vietnamese, so a Vietnamese reader needs no catalogue; looking each text up in one would be
a third of the time that a list takes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import flask_babel
from flask import g
from jinja2 import pass_eval_context
from markupsafe import Markup

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.nodes import EvalContext

_COUNT = re.compile(r"%\(num\)[ds]")


def in_english() -> bool:
    """Whether the reader of this page chose English; Vietnamese outside a request."""
    try:
        # Asked some hundred times a page: where Flask-Babel keeps its answer, read it there.
        found = g._get_current_object()._flask_babel.babel_locale  # noqa: SLF001 -- ten times as quick as get_locale()
    except (AttributeError, RuntimeError):
        found = flask_babel.get_locale()
    return found is not None and found.language == "en"


def translate(text: str) -> str:
    """Return a Vietnamese text of the code in the reader's language, its %(name)s left in place."""
    return flask_babel.get_translations().gettext(text) if in_english() else text


def gettext(text: str, **variables: object) -> str:
    """Return a text of the code in the reader's language with its %(name)s filled: Flask-Babel's, but quick."""
    return translate(text) % variables if variables else translate(text)


def translate_count(one: str, many: str, count: int) -> str:
    """Return the form for a count (Vietnamese has one) in the reader's language, its %(num)d set in as 1.234."""
    text = flask_babel.get_translations().ngettext(one, many, count) if in_english() else many
    return _COUNT.sub(grouped(count), text)


def grouped(count: int) -> str:
    """Return a count as 1.234 (English 1,234)."""
    return f"{count:,}" if in_english() else f"{count:,}".replace(",", ".")


def ngettext(one: str, many: str, count: int, **variables: object) -> str:
    """Return the form for a count with it and the other %(name)s filled: Flask-Babel's, but its count as 1.234."""
    return translate_count(one, many, count) % variables


def translate_of(context: str, text: str) -> str:
    """Return a text whose English depends on what it stands for ("one", "many", "action"), in the reader's language."""
    return flask_babel.pgettext(context, text) if in_english() else text


@pass_eval_context
def say(reader: EvalContext, text: str, **variables: object) -> str:
    """Translate a template's text as Jinja's own `_` would: safe markup whose %(name)s are filled and escaped."""
    said = _ready(translate(text)) if reader.autoescape else translate(text)
    return said % variables if "%" in said else said


@lru_cache(maxsize=4096)
def _ready(text: str) -> Markup:
    return Markup(text)  # noqa: S704 -- a text of a template or of its catalogue, nobody's typing


def init_app(app: Flask) -> None:
    """Let templates translate by these."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined] # put there by jinja2.ext.i18n
        translate, translate_count, newstyle=True, pgettext=translate_of
    )
    app.jinja_env.globals.update({"_": say, "gettext": say})
