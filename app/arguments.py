"""The reader of a role's options: what was mistaken is said in Vietnamese, then in English; standard library only."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

USAGE_ERROR = 2


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose own few words are in both languages."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng (usage): " if prefix is None else prefix)


class Reader(argparse.ArgumentParser):
    """A parser that names what was wrong and what may stand there; the exit code is 2."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- what argparse takes
        """Make a parser that knows no abbreviations."""
        super().__init__(**{"formatter_class": _Help, "allow_abbrev": False, **options, "add_help": False})
        self._positionals.title = "tham số (arguments)"
        self._optionals.title = "tùy chọn (options)"
        self.add_argument("-h", "--help", action="help", help="in trang này (print this page)")

    def error(self, message: str) -> NoReturn:
        """Say in two sentences what was wrong, where to read on, and stop."""
        vi, en = _sentences(message)
        choices = self._choices_of(message)
        if choices:
            vi, en = f"{vi} Chọn một trong: {choices}.", f"{en} Choose one of: {choices}."
        help_of = f"python3 {self.prog} --help"
        self.exit(USAGE_ERROR, f"{vi} Xem: {help_of}\n{en} See: {help_of}\n")

    def _choices_of(self, message: str) -> str:
        """Return what may stand at the place that the message names first, empty where anything may."""
        for action in self._actions:
            place = action.metavar or "/".join(action.option_strings) or action.dest
            if action.choices and re.search(rf"(argument|required:) {re.escape(str(place))}\b", message):
                return ", ".join(str(choice) for choice in action.choices)
        return ""


def _sentences(message: str) -> tuple[str, str]:
    for pattern, write in _MISTAKES:
        if found := re.match(pattern, message, re.DOTALL):
            return write(*found.groups())
    return f"Lệnh gọi chưa đúng: {message}.", f"Wrong call: {message}."


_KINDS = {"int": ("một số nguyên", "a whole number"), "float": ("một số", "a number")}


def _wrong_kind(place: str, kind: str, value: str) -> tuple[str, str]:
    vi, en = _KINDS.get(kind, ("một giá trị đúng dạng", "a value of the right form"))
    return f"{place} phải là {vi}, không phải “{value}”.", f"{place} must be {en}, not “{value}”."


_MISTAKES: tuple[tuple[str, Callable[..., tuple[str, str]]], ...] = (
    (
        r"the following arguments are required: (.+)",
        lambda places: (f"Còn thiếu: {places}.", f"Missing: {places}."),
    ),
    (
        r"unrecognized arguments: (.+)",
        lambda words: (f"Không hiểu: {words}.", f"Not understood: {words}."),
    ),
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from",
        lambda place, value: (f"{place} không nhận “{value}”.", f"{place} does not take “{value}”."),
    ),
    (r"argument (.+?): invalid (\w+) value: '(.*)'", _wrong_kind),
    (
        r"argument (.+?): expected .*argument",
        lambda place: (f"Sau {place} phải có một giá trị.", f"{place} must be followed by a value."),
    ),
    (
        r"argument (.+?): not allowed with argument (.+)",
        lambda one, other: (
            f"{one} và {other} không dùng cùng nhau: hãy bỏ bớt một.",
            f"{one} and {other} do not go together: leave one out.",
        ),
    ),
    (r"argument (.+?): (.+)", lambda place, said: (f"{place}: {said}", f"{place}: {said}")),
)
