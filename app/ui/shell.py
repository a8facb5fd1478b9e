"""What surrounds every page: who is here, in which language and theme, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.navigation import Link

THEMES = ("auto", "light", "dark")
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Shell:
    """The frame of a page. A view builds it from request and person; templates read it as `shell`.

    `here` is the present address (path and query) to come back to; `pane` is true when a list asks for the page's
    body alone, to show it beside itself.
    """

    theme: str = "auto"
    language: str = "vi"
    folded: bool = False
    pane: bool = False
    shortcuts: bool = True
    demo: bool = False
    authority: str = ""
    committee: str = ""
    person: str = ""
    office: str = ""
    unread: int = 0
    here: str = "/"
    links: list[Link] = field(default_factory=list)
    acts: list[Link] = field(default_factory=list)

    @property
    def signed_in(self) -> bool:
        """Whether somebody is logged in."""
        return bool(self.person)
