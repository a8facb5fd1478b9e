"""A small dose of the proof of races, through a real server, and that it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.bench.client import Answer
from app.errors import ChangedMeanwhileError
from app.proofs import races
from app.proofs.figures import Figure, conclude, report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


@pytest.mark.slow
def test_a_small_crowd_loses_no_word_and_takes_no_number_twice(
    engine: str, dose: Callable[..., argparse.Namespace]
) -> None:
    assert races.prove(dose(races, "--clients", "10", "--issuers", "5", "--engine", engine)) == 0


def test_the_crowd_is_as_large_as_was_promised(dose: Callable[..., argparse.Namespace]) -> None:
    args = dose(races)
    assert (args.clients, args.issuers, args.engine) == (200, 50, "both")


def test_a_broken_rule_is_said_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert report("sqlite", [Figure("được ghi", 1, 1), Figure("ms", 12)])
    assert "✗" not in capsys.readouterr().out
    assert not report("sqlite", [Figure("được ghi", 2, 1)])
    assert "2  được ghi  ✗ phải là (must be) 1" in capsys.readouterr().out
    assert (conclude(kept=True), conclude(kept=False)) == (0, 1)


@pytest.mark.parametrize(
    ("status", "body", "told", "kept"),
    [
        (409, "{said} <textarea>đạt 95% &amp; &lt;xong&gt;</textarea>", True, True),
        (409, "{said}", True, False),
        (500, "{said} đạt 95% &amp; &lt;xong&gt;", False, True),
        (409, "đạt 95% & <xong>", False, False),
    ],
)
def test_words_count_as_given_back_when_the_page_holds_them(status: int, body: str, told: bool, kept: bool) -> None:  # noqa: FBT001 -- a table
    page = body.format(said=ChangedMeanwhileError().sentence.vi)
    one = races.Try(["đạt 95% & <xong>"], Answer(status, {}, page.encode(), 0.1))
    assert (one.told, one.kept) == (told, kept)
