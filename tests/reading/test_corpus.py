"""The reader held against own texts of every form, ward to ministry; the thresholds only ever go up."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.reading.scoring import Score, score_folder

CORPUS = Path(__file__).parent / "corpus"
AT_LEAST = {
    "kind": 0.95,
    "lead": 0.93,
    "coordinating": 0.95,
    "due": 0.95,
    "due_text": 0.93,
    "recurrence": 0.95,
    "section": 0.95,
    "meeting.title": 0.9,
    "meeting.date": 0.93,
    "meeting.chair": 0.93,
    "meeting.location": 0.85,
}


@pytest.fixture(scope="module")
def score() -> Score:
    return score_folder(CORPUS)


def test_every_text_has_its_items_written_down() -> None:
    texts = {path.stem for path in CORPUS.glob("*.txt")}
    assert texts == {path.stem for path in CORPUS.glob("*.json")}
    assert len(texts) >= 14


def test_items_are_found(score: Score) -> None:
    assert score.item_f1 >= 0.93, "\n".join(score.misses)


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_fields_are_read(score: Score, name: str, least: float) -> None:
    assert score.asked[name] > 10
    assert score.rate(name) >= least, "\n".join(score.misses)
