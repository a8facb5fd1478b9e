"""The reader held against own texts of every form, ward to ministry; the thresholds only ever go up."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.reading.scoring import Score, score_folder

CORPUS = Path(__file__).parent / "corpus"
AT_LEAST = {
    "kind": 0.97,
    "lead": 0.97,
    "due": 0.98,
    "due_text": 0.95,
    "recurrence": 0.97,
    "section": 0.97,
    "meeting.title": 0.95,
    "meeting.date": 0.95,
    "meeting.chair": 0.95,
    "meeting.location": 0.9,
}


@pytest.fixture(scope="module")
def score() -> Score:
    return score_folder(CORPUS)


def test_every_text_has_its_items_written_down() -> None:
    texts = {path.stem for path in CORPUS.iterdir() if path.suffix in {".txt", ".html", ".docx", ".pdf"}}
    assert texts == {path.stem for path in CORPUS.glob("*.json")}
    assert len(texts) >= 34


def test_items_are_found(score: Score) -> None:
    assert score.item_f1 >= 0.97, "\n".join(score.misses)


def test_coordinating_units_are_found(score: Score) -> None:
    assert score.coordinating_f1 >= 0.95, "\n".join(score.misses)


def test_no_day_is_taken_for_a_deadline_that_is_none(score: Score) -> None:
    assert score.false_due == 0, "\n".join(score.misses)


@pytest.mark.parametrize(("name", "least"), AT_LEAST.items())
def test_fields_are_read(score: Score, name: str, least: float) -> None:
    assert score.asked[name] > 30
    assert score.rate(name) >= least, "\n".join(score.misses)
