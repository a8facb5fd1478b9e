"""Reading the homes as a browser gets them."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def page(client: FlaskClient, url: str) -> str:
    """Open a page that must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def cards(text: str) -> list[str]:
    """Return the names of the cards of a queue, in their order."""
    return re.findall(r'<article class="card ruling" id="([a-z_]+\d+)"', text)


def listed(client: FlaskClient, href: str) -> int:
    """Return how many tasks a list says it holds."""
    found = re.search(r'class="pages-total">([\d.]+) mục', page(client, unescape(href)))
    return int(found[1].replace(".", "")) if found else 0
