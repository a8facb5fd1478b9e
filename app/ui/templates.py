"""Templates as Jinja makes them, but quick at what a page asks of them many times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, has_request_context, request, url_for
from jinja2 import Template

if TYPE_CHECKING:
    from flask import Flask
    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context

_KEPT = "dondoc_addresses"
MOST = 4096
"""So many addresses are kept in a process."""


class PlainTemplate(Template):
    """A template whose macros know the globals of the environment and no others, which is all that ours ever have.

    Jinja compares both sets whenever a page imports macros: a twentieth of what a list takes.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002 -- Jinja's signature
        """Return the module that holds the macros."""
        return super()._get_default_module()


def quick_url_for(endpoint: str, **values: Any) -> str:  # noqa: ANN401 -- as Flask has it
    """Return what `url_for` says, looked up once for the same endpoint and values."""
    if not has_request_context() or endpoint.startswith(".") or any(name.startswith("_") for name in values):
        return url_for(endpoint, **values)
    kept: dict[Any, str] = current_app.extensions.setdefault(_KEPT, {})
    key = request.root_path, endpoint, *values.items()
    try:
        return kept[key]
    except KeyError:
        found = url_for(endpoint, **values)
    except TypeError:  # a list among the values
        return url_for(endpoint, **values)
    if len(kept) < MOST:
        kept[key] = found
    return found


def init_app(app: Flask) -> None:
    """Let the app's templates be of this kind."""
    app.jinja_env.template_class = PlainTemplate
    app.jinja_env.globals["url_for"] = quick_url_for
