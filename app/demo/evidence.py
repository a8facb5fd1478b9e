"""The demo's evidence: small text files as a unit would attach them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from app.services.files import store_file

if TYPE_CHECKING:
    from app.models import Person, Task


def keep_evidence(task: Task, person: Person) -> int:
    """Store a file of evidence for a task and return its id."""
    text = f"KẾT QUẢ THỰC HIỆN\n\nNhiệm vụ: {task.title}\nNgười lập: {person.full_name}\n"
    return store_file(BytesIO(text.encode()), "ket-qua-thuc-hien.txt", person).id
