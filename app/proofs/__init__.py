"""Long proofs of what the product promises, each run by `run.py prove NAME` with real processes and real databases.

To add one, write app/proofs/<name>.py with `add_arguments(parser)` and `prove(args) -> int` (0: the promise held;
print the figures), and put its row here.
"""

from __future__ import annotations

from typing import NamedTuple

from workflows.words import Words


class Proof(NamedTuple):
    """A proof: its name on the command line, which is also its module's, and what it shows."""

    name: str
    about: Words


PROOFS = (
    Proof(
        "kills",
        Words(
            "Không mất, không báo hai lần dù tiến trình bị giết giữa chừng",
            "Nothing lost, nothing told twice, whenever processes are killed",
        ),
    ),
    Proof(
        "races",
        Words(
            "Nhiều người làm cùng một lúc: không mất lời nào, không trùng số nào",
            "Many people at the same moment: no word lost, no number twice",
        ),
    ),
    Proof(
        "load",
        Words(
            "Đọc và ghi đều đặn: không lỗi, mỗi lần ghi được nhận có đúng một dòng nhật ký",
            "Steady reading and writing: no error, and one line in the log for each accepted write",
        ),
    ),
)
