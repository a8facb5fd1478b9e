"""A proof in a test: in a small dose, and on the server that the tests have anyway."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import pytest

from app.proofs.databases import ENGINES, GIVEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of an engine on which a proof may make databases."""
    if request.param == "postgresql":
        monkeypatch.setenv(GIVEN, request.getfixturevalue("postgres_server"))
    return str(request.param)


@pytest.fixture
def dose() -> Callable[..., argparse.Namespace]:
    """Return what makes a proof's arguments of its options."""

    def parse(proof: ModuleType, *options: str) -> argparse.Namespace:
        parser = argparse.ArgumentParser()
        proof.add_arguments(parser)
        return parser.parse_args([*options])

    return parse
