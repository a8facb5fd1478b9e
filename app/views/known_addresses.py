"""Addresses that pages write again and again, looked up once by each process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, has_request_context, request, url_for

if TYPE_CHECKING:
    from flask import Flask

_KEPT = "dondoc_addresses"
MOST = 4096
"""So many addresses are kept in a process."""


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
    """Let templates ask here instead of asking Flask each time."""
    app.jinja_env.globals["url_for"] = quick_url_for
