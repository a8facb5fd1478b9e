"""Addresses whose makers are compiled when the first one is asked for: a process asks for few of the many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import Rule

if TYPE_CHECKING:
    from collections.abc import Callable


class LateRule(Rule):
    """A rule like any other; what `url_for` needs of it is made when it is first needed.

    Making it for every rule took a sixth of a second of each start, and of each test.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 -- as the library declares it
        name, compiled = "_build_unknown" if append_unknown else "_build", super()._compile_builder

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            made: Callable[..., tuple[str, str]] = compiled(append_unknown).__get__(rule, None)
            setattr(rule, name, made)
            return made(**values)

        return build
