"""Heads of the units that carry on: several, or none, only where the administrator says that this is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import DomainError

if TYPE_CHECKING:
    from app.services.unit_plans import Plan


def check_heads(plan: Plan) -> None:
    """Refuse a plan by which a successor has several heads or none, unless this was confirmed.

    :raises DomainError: it names the units and what to do.
    """
    if plan.wanted.heads_meant or not (plan.two_heads or plan.headless):
        return
    several, none = "; ".join(plan.two_heads), "; ".join(plan.headless)
    vi, en = [], []
    if several:
        vi.append(f"«{several}» sẽ có hơn một thủ trưởng.")
        en.append(f"“{several}” would have several heads.")
    if none:
        vi.append(f"«{none}» sẽ chưa có thủ trưởng.")
        en.append(f"“{none}” would have no head.")
    vi.append("Hãy chọn lại người và vai trò ở bảng «Người giữ chức vụ», hoặc đánh dấu ô xác nhận phía trên nút ghi.")
    en.append("Choose people and roles in the table of office holders, or tick the box above the button.")
    raise DomainError(" ".join([*vi, "Chưa ghi gì."]), " ".join([*en, "Nothing was written."]))
