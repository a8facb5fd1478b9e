"""What runs by itself, and when: the one table. Times are Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from app.clock import VIETNAM
from app.jobs.explanations import expire_explanations
from app.jobs.held_rulings import carry_out_rulings
from app.jobs.mail import deliver_mail, make_messages
from app.jobs.months import recount_months
from app.jobs.nightly import gather_statistics, propose_calendar, seal_chains, sweep_old
from app.jobs.pauses import resume_pauses
from app.jobs.planned_changes import take_up_changes
from app.jobs.reminders import plan_reminders
from app.jobs.running import Job
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apscheduler.triggers.base import BaseTrigger


def every(**interval: int) -> BaseTrigger:
    """Return a trigger that ticks at an interval."""
    return IntervalTrigger(timezone=VIETNAM, **interval)


def at(hour: int, minute: int) -> BaseTrigger:
    """Return a trigger that ticks once a day."""
    return CronTrigger(hour=hour, minute=minute, timezone=VIETNAM)


# Every job also runs when the scheduler starts. Each may run twice, late, and on two nodes: a tick that was missed is
# made good by the next one.
SCHEDULE = (
    Job("resume_pauses", Words("Cho nhiệm vụ tạm dừng tiếp tục", "Resume paused tasks"),
        every(minutes=10), resume_pauses, Words("nhiệm vụ tiếp tục", "tasks resumed")),
    Job("expire_explanations", Words("Ghi nhận việc không giải trình đúng hạn", "Note what was not explained"),
        every(minutes=10), expire_explanations, Words("yêu cầu hết hạn", "requests expired")),
    Job("take_up_changes", Words("Thực hiện sắp xếp đơn vị đã chuẩn bị", "Do prepared changes of units"),
        every(minutes=5), take_up_changes, Words("lần sắp xếp đã thực hiện", "changes done")),
    Job("plan_reminders", Words("Lập lời nhắc của ngày", "Plan the day's reminders"),
        every(minutes=5), plan_reminders, Words("lời nhắc mới", "new reminders")),
    Job("recount_months", Words("Tính lại số liệu tháng", "Compute months' figures anew"),
        every(minutes=5), recount_months, Words("tháng đã tính lại", "months computed")),
    Job("carry_out_rulings", Words("Cho quyết định có hiệu lực", "Let rulings take effect"),
        every(seconds=10), carry_out_rulings, Words("quyết định có hiệu lực", "rulings in force")),
    Job("make_messages", Words("Soạn thư", "Make messages"),
        every(seconds=20), make_messages, Words("thư mới", "new messages")),
    Job("deliver_mail", Words("Gửi thư", "Deliver mail"),
        every(seconds=10), deliver_mail, Words("thư đã gửi", "mails sent")),
    Job("seal_chains", Words("Niêm phong nhật ký", "Seal the log"),
        at(0, 40), seal_chains, Words("dấu niêm phong", "seals made")),
    Job("sweep_old", Words("Dọn phiên đăng nhập và liên kết đã hết hạn", "Sweep log-ins and links long over"),
        at(1, 20), sweep_old, Words("dòng đã dọn", "rows removed")),
    Job("propose_calendar", Words("Lập lịch nghỉ tạm tính", "Propose the calendar"),
        at(1, 30), propose_calendar, Words("năm có lịch tạm tính", "years proposed")),
    Job("gather_statistics", Words("Cập nhật thống kê cho cơ sở dữ liệu", "Gather the database's statistics"),
        at(1, 40), gather_statistics, Words("lần cập nhật", "runs")),
)  # fmt: skip

BY_NAME: Mapping[str, Job] = {job.name: job for job in SCHEDULE}
