"""How many must be there."""

from __future__ import annotations

import pytest

from workflows.quorum import HALF, NONE, QUORUMS, THREE_QUARTERS, TWO_THIRDS, needed


@pytest.mark.parametrize(
    ("rule", "members", "least"),
    [
        (NONE, 9, 0),
        (HALF, 8, 5),
        (HALF, 9, 5),
        (TWO_THIRDS, 9, 6),
        (TWO_THIRDS, 10, 7),
        (THREE_QUARTERS, 8, 6),
        (THREE_QUARTERS, 9, 7),
    ],
)
def test_a_quorum_is_never_rounded_down(rule: str, members: int, least: int) -> None:
    assert needed(rule, members) == least
    assert QUORUMS[rule].complete
