"""All tables by name: what the one route, the documentation and the table tests walk through."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from workflows.agenda_proposal import AGENDA_PROPOSAL, PROPOSE
from workflows.conclusion import CONCLUSION
from workflows.coordinating_part import COORDINATING_PART
from workflows.explanation import ASK, EXPLANATION
from workflows.extension import EXTENSION, REQUEST
from workflows.invitation import INVITATION
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.sub_task import GIVE, SUB_TASK
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflows.kernel import Transition, Workflow

ALL: Mapping[str, Workflow] = MappingProxyType(
    {
        table.name: table
        for table in (
            TASK,
            EXTENSION,
            COORDINATING_PART,
            SUB_TASK,
            EXPLANATION,
            MEETING,
            AGENDA_PROPOSAL,
            INVITATION,
            MINUTES,
            NOTICE,
            CONCLUSION,
            MONTHLY_REPORT,
            PROPOSAL,
        )
    }
)
"""Every workflow of the product."""

BIRTHS: Mapping[str, tuple[Workflow, Transition]] = MappingProxyType(
    {
        EXTENSION.name: (TASK, REQUEST),
        SUB_TASK.name: (TASK, GIVE),
        EXPLANATION.name: (TASK, ASK),
        AGENDA_PROPOSAL.name: (MEETING, PROPOSE),
    }
)
"""Moves that make a new item: the table whose facts they read, and the row (its states are that table's)."""
