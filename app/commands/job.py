"""Role `job`: run one job of the schedule now and say what it did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.commands.scheduler import own_settings
from app.commands.web import require_newest
from app.factory import create_app
from app.jobs.running import run_job
from app.jobs.schedule import BY_NAME, SCHEDULE

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the name of a job."""
    width = max(len(job.name) for job in SCHEDULE)
    parser.epilog = "Các việc (jobs):\n" + "\n".join(
        f"  {job.name:<{width}}  {job.label.vi} — {job.label.en}" for job in SCHEDULE
    )
    parser.add_argument("name", choices=tuple(BY_NAME), metavar="TÊN", help="tên việc, xem bên dưới (a job's name)")


def run(args: argparse.Namespace) -> int:
    """Run the job once; 1 if it went wrong."""
    settings = own_settings()
    require_newest(settings)
    job = BY_NAME[args.name]
    outcome = run_job(create_app(settings), job)
    if outcome.wrong:
        print(f"{job.label.vi}: {outcome.wrong.vi}\n{job.label.en}: {outcome.wrong.en}", file=sys.stderr)
        return 1
    print(f"{job.label.vi}: {outcome.done} {job.counted.vi}. ({job.label.en}: {outcome.done} {job.counted.en}.)")
    return 0
