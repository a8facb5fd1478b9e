"""Finding doubles among ever so many tasks that share ever such common words: the right ones, and not slower for it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.queries import known_tasks
from app.queries.known_tasks import ALIKE, Fit, Known, KnownTasks, Sought, Titles
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

DUE = date(2026, 10, 1)
WORDS = [f"{one}{other}" for one in ("ban", "cao", "dat", "gia", "hop") for other in ("an", "em", "in", "oc", "uy")]


def titles(count: int, words: int, seed: int) -> list[str]:
    """Return titles of so many words out of few."""
    chance = random.Random(seed)  # noqa: S311 -- made-up words
    return [" ".join(chance.sample(WORDS, words)) for _ in range(count)]


def due(at: int) -> date:
    """Return when a task is due: now one day before DUE and more, now after."""
    return DUE + timedelta(days=(at * 7919) % 41 - 20)


def known(all_titles: Sequence[str]) -> KnownTasks:
    found = KnownTasks()
    for at, title in enumerate(all_titles, 1):
        found.add(Known(at, f"NV-{at}", title, 1, due(at)))
    return found


def alike_to(title: str, all_titles: Sequence[str]) -> int | None:
    """Return which task is due nearest to DUE of those that have four words in five in common, looking at each."""
    wanted = set(fold(title).split())
    found = []
    for at, other in enumerate(all_titles, 1):
        words = set(fold(other).split())
        if 5 * len(wanted & words) >= 4 * len(wanted | words):
            found.append((abs((due(at) - DUE).days), at))
    return min(found)[1] if found else None


def test_every_title_that_is_nearly_the_same_is_found_and_no_other() -> None:
    told = [title for words in (3, 5, 9, 14, 20) for title in titles(60, words, words)]
    tasks = known(told)
    asked = [title for words in (3, 4, 5, 8, 10, 13, 18, 22) for title in titles(40, words, 100 + words)]
    found = {title: tasks.fit(Sought(title, [1], DUE)) for title in asked if title not in told}
    wanted = {title: alike_to(title, told) for title in found}
    assert {title: fit.task.id if fit else None for title, fit in found.items()} == wanted
    assert 20 < sum(at is not None for at in wanted.values()) < len(wanted) - 20, "both kinds were among them"
    assert {fit.way for fit in found.values() if fit} == {ALIKE}


@pytest.mark.parametrize("words", [22, len(WORDS)], ids=["some alike", "all alike"])
def test_ten_times_as_many_tasks_take_no_more_steps(monkeypatch: pytest.MonkeyPatch, words: int) -> None:
    steps = 0
    counted, compared, fitted = Titles.having, known_tasks.are_alike, known_tasks.Fit

    def count(one: Titles, word: str) -> int:
        nonlocal steps
        steps += 1
        return counted(one, word)

    def compare(one: frozenset[str], other: frozenset[str]) -> bool:
        nonlocal steps
        steps += 1
        return compared(one, other)

    def fit(way: int, days: int, task: Known) -> Fit:
        nonlocal steps
        steps += 1
        return fitted(way, days, task)

    monkeypatch.setattr(Titles, "having", count)
    monkeypatch.setattr(known_tasks, "Fit", fit)
    monkeypatch.setattr(known_tasks, "are_alike", compare)
    taken = []
    for size in (400, 4_000):
        tasks = known(titles(size, words, 7))
        steps = 0
        for title in titles(50, words, 8):
            tasks.fit(Sought(title, [1], DUE))
        taken.append(steps)
    days = 41 + 1  # and none, as the first due date of all of them
    assert max(taken) <= 50 * (words + days)
    assert taken[1] < 2 * taken[0]
