"""Fills or tries one template in a process of its own, bounded in memory and time: JSON comes in, JSON goes out.

Started as «python -m app.documents.office.filling»; knows no database, no secrets and no user.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from typing import Any

SECONDS = 10
MEMORY = 768 * 2**20
TOO_HEAVY = 3


def main() -> int:
    """Read what to do from standard input and answer on standard output."""
    _bound()
    from app.documents.office.errors import TemplateError  # noqa: PLC0415 -- bounds first, libraries after

    asked = json.loads(sys.stdin.buffer.read())
    try:
        filled = fill(base64.b64decode(asked["template"]), asked["values"], draft=asked["draft"])
        answer: dict[str, Any] = {"docx": base64.b64encode(filled).decode()}
    except TemplateError as error:
        answer = {"refused": [*error.sentence]}
    except (MemoryError, RecursionError):
        return TOO_HEAVY
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def fill(template: bytes, values: dict[str, Any], *, draft: bool) -> bytes:
    """Return the template filled with values; a draft is marked on every page whatever the template says.

    :raises TemplateError: it holds, names or does something that is not allowed.
    """
    from docxtpl import DocxTemplate  # type: ignore[import-untyped] # noqa: PLC0415 -- no types; only a bounded process may load it
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 -- the same
    from jinja2.exceptions import SecurityError  # noqa: PLC0415 -- the same

    from app.documents.office.errors import TemplateError  # noqa: PLC0415 -- the same
    from app.documents.office.grammar import Grammar  # noqa: PLC0415 -- the same
    from app.documents.office.package import look_through  # noqa: PLC0415 -- the same

    look_through(template)
    grammar = Grammar()
    made = DocxTemplate(io.BytesIO(template))
    try:
        made.render(values, grammar, autoescape=True)
    except TemplateSyntaxError as error:
        raise TemplateError.not_closed(str(error.message)) from error
    except SecurityError as error:
        raise TemplateError.not_plain(str(error)[:80]) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TemplateError.not_word() from error
    if grammar.unknown:
        raise TemplateError.unknown(grammar.unknown)
    written = io.BytesIO()
    made.docx.save(written)
    return _marked(written.getvalue()) if draft else written.getvalue()


def _marked(filled: bytes) -> bytes:
    """Return the paper with the draft's mark; it is opened anew, for filling has put other headers in."""
    import docx  # noqa: PLC0415 -- as above

    from app.documents.official.word_parts import mark_draft  # noqa: PLC0415 -- as above

    document = docx.Document(io.BytesIO(filled))
    mark_draft(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _bound() -> None:
    """Take the limits on this process, where the system knows them; elsewhere only the clock outside holds it."""
    try:
        import resource  # noqa: PLC0415 -- does not exist on Windows
    except ImportError:
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    sys.exit(main())
