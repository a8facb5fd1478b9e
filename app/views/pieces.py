"""Pieces of pages that scripts fetch: whoever opens one by itself, typed by hand or restored, gets the whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


def whole_page(endpoint: str, **values: Any) -> Response | None:  # noqa: ANN401 -- as Flask has it
    """Return the way to the page that a piece belongs to; None where a script asks for the piece.

    A browser names HTML first when it opens an address itself, and a script of ours never does.
    """
    alone = "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers
    return redirect(url_for(endpoint, **values), 303) if alone else None
