"""A small dose of the proof of kills, and that it can fail."""

from __future__ import annotations

import argparse

import pytest

from app.proofs import PROOFS, kills


def dose(*options: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    kills.add_arguments(parser)
    return parser.parse_args([*options])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_few_kills_lose_nothing(engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine == "postgresql":
        monkeypatch.setenv("TEST_DATABASE_URL", request.getfixturevalue("postgres_server"))
    assert kills.prove(dose("--kills", "5", "--engine", engine, "--seed", "7")) == 0


@pytest.mark.parametrize("fault", ["lost", "unasked", "ledger_twice", "wrong_messages", "mails_lost"])
def test_any_loss_or_doubling_breaks_the_promise(fault: str) -> None:
    assert kills.Figures(kills=100, mails_twice=3).held
    assert not kills.Figures(**{fault: 1}).held


def test_every_proof_can_be_called() -> None:
    assert {proof.name for proof in PROOFS} >= {"kills"}
    assert all(proof.about.complete for proof in PROOFS)
