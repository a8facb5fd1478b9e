"""The data set is what the bars were set on, and a found word is one that no other holds."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from app.bench.sample import HITS, UNITS, rare_words, samples

TODAY = date(2026, 11, 22)
COUNT = 4_000


def test_shares_are_those_of_the_bars() -> None:
    fates = Counter(sample.fate for sample in samples(COUNT, TODAY))
    assert fates["overdue"] / COUNT == pytest.approx(0.12, abs=0.02)
    assert (fates["overdue"] + fates["ahead"]) / COUNT == pytest.approx(0.22, abs=0.02)
    assert fates["withdrawn"] / COUNT == pytest.approx(0.04, abs=0.01)


def test_it_is_the_same_each_time() -> None:
    assert list(samples(50, TODAY)) == list(samples(50, TODAY))


def test_days_fit_fates() -> None:
    for sample in samples(COUNT, TODAY):
        assert 1 <= sample.unit <= UNITS
        assert sample.given_on <= sample.due_on
        assert (sample.closed_on is None) == (sample.fate in {"overdue", "ahead"})
        assert sample.closed_on is None or sample.given_on < sample.closed_on < TODAY
        assert (sample.fate == "overdue") == (sample.closed_on is None and sample.due_on < TODAY)


def test_each_rare_word_stands_in_fifty_tasks() -> None:
    words = rare_words()
    held = Counter(word for sample in samples(COUNT, TODAY) for word in set(sample.text.lower().strip(".").split()))
    assert len(words) == len(set(words)) == 1_000
    assert all(HITS - 15 < held[word] <= HITS for word in words)
    assert not any(one != other and one in other for one in words[:100] for other in words)
