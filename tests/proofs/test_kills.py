"""A small dose of the proof of kills, and that it can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.proofs import PROOFS, kills, kills_house

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


@pytest.mark.slow
def test_a_few_kills_lose_nothing(
    engine: str, dose: Callable[..., argparse.Namespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills_house, "UNITS", 4)  # the mail server takes its time for each
    assert kills.prove(dose(kills, "--kills", "3", "--engine", engine, "--seed", "7")) == 0


def test_without_options_a_hundred_are_killed_on_both_engines(dose: Callable[..., argparse.Namespace]) -> None:
    args = dose(kills)
    assert args.kills >= 100
    assert args.engine == "both"


@pytest.mark.parametrize("fault", ["lost", "unasked", "ledger_twice", "wrong_messages", "mails_lost", "crashed"])
def test_any_loss_or_doubling_breaks_the_promise(fault: str) -> None:
    assert kills.Figures(kills=100, mails_twice=3).held
    assert not kills.Figures(**{fault: 1}).held


def test_every_proof_can_be_called() -> None:
    assert {proof.name for proof in PROOFS} == {"kills", "races", "load"}
    assert all(proof.about.complete for proof in PROOFS)
