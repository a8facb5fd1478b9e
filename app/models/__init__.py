"""All models, one family a file."""

from __future__ import annotations

from app.models.agenda_proposal import AgendaProposal
from app.models.committee import (
    CalendarDay,
    Committee,
    Delegation,
    Membership,
    NumberSeries,
    PeriodRule,
    Portfolio,
)
from app.models.data_stamp import DataStamp
from app.models.file import Attachment, EvidenceLink, StoredFile
from app.models.held_ruling import HeldRuling
from app.models.kept_month import KeptList, KeptMonth, LedgerDay
from app.models.ledger import Delivery, Event, JobRun, Message, Notification, ReminderDay, Seal
from app.models.meeting import AgendaItem, AgendaTask, Attendance, Directive, Meeting, Minutes
from app.models.meeting_series import MeetingSeries
from app.models.minutes import MinutesConfirmation, MinutesVersion
from app.models.notice import Conclusion, Notice, ReplacedTask
from app.models.organisation import Authority, Unit, UnitGroup, UnitGroupMember
from app.models.paper_number import InvitationPaper, PaperNumber
from app.models.people import Absence, LoginAttempt, LoginSession, Office, Person
from app.models.planned_unit_change import PlannedUnitChange
from app.models.proposal import Proposal, ProposalStep, ProposalSubmission
from app.models.report import MonthlyReport, ReportCause
from app.models.room import ItemNotes, MeetingRoom
from app.models.saved_view import SavedView
from app.models.search_entry import SearchEntry
from app.models.shared_out import Comment, Explanation, SubTask
from app.models.signed_link import SignedLink
from app.models.task import CoordinatingPart, Extension, Progress, Task, TaskSeries, TaskSpan
from app.models.task_count import TaskCount
from app.models.tracker import TrackerImport, TrackerRow
from app.models.unit_change import UnitChange, UnitChangePart, UnitName

__all__ = [
    "Absence",
    "AgendaItem",
    "AgendaProposal",
    "AgendaTask",
    "Attachment",
    "Attendance",
    "Authority",
    "CalendarDay",
    "Comment",
    "Committee",
    "Conclusion",
    "CoordinatingPart",
    "DataStamp",
    "Delegation",
    "Delivery",
    "Directive",
    "Event",
    "EvidenceLink",
    "Explanation",
    "Extension",
    "HeldRuling",
    "InvitationPaper",
    "ItemNotes",
    "JobRun",
    "KeptList",
    "KeptMonth",
    "LedgerDay",
    "LoginAttempt",
    "LoginSession",
    "Meeting",
    "MeetingRoom",
    "MeetingSeries",
    "Membership",
    "Message",
    "Minutes",
    "MinutesConfirmation",
    "MinutesVersion",
    "MonthlyReport",
    "Notice",
    "Notification",
    "NumberSeries",
    "Office",
    "PaperNumber",
    "PeriodRule",
    "Person",
    "PlannedUnitChange",
    "Portfolio",
    "Progress",
    "Proposal",
    "ProposalStep",
    "ProposalSubmission",
    "ReminderDay",
    "ReplacedTask",
    "ReportCause",
    "SavedView",
    "Seal",
    "SearchEntry",
    "SignedLink",
    "StoredFile",
    "SubTask",
    "Task",
    "TaskCount",
    "TaskSeries",
    "TaskSpan",
    "TrackerImport",
    "TrackerRow",
    "Unit",
    "UnitChange",
    "UnitChangePart",
    "UnitGroup",
    "UnitGroupMember",
    "UnitName",
]
