"""Write the demo of this release beside the tests of upgrades: `python -m tests.upgrades.make_dump first`.

Run it once, on the commit that is released; from then on the dump stays as it is, and so do the migrations under it.
A name of its own for each release: `NAME.sqlite.sql.gz` is the database as SQL, `NAME.files` what it refers to,
`NAME.json` the release's revision, the moment at which the demo was made, and what was to be found in it then.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine

from app import migrations_runner
from app.clock import VIETNAM
from app.demo import seed_demo
from app.factory import create_app
from config import Settings
from tests.upgrades.looking import what_is_there

HERE = Path(__file__).parent
AT = datetime(2026, 11, 20, 10, 0, tzinfo=VIETNAM)
"""A Friday on which something is overdue, something waits for the chair, and a month has just been reported."""
INDENT = 1


def make_dump(name: str) -> None:
    """Write the three parts of a release's dump.

    :raises FileExistsError: a release's dump is never written again.
    """
    target = HERE / f"{name}.sqlite.sql.gz"
    if target.exists():
        raise FileExistsError(target)
    with TemporaryDirectory() as folder, time_machine.travel(AT, tick=False):
        var = Path(folder)
        database = var / "dondoc.sqlite3"
        settings = Settings(database_url=f"sqlite:///{database}", var_dir=var, secret_key="k" * 48, testing=True)
        migrations_runner.upgrade(settings)
        seed_demo(settings)
        sql = _sql(database)
        noted = {"revision": migrations_runner.newest(), "at": AT.isoformat(), **what_is_there(create_app(settings))}
        target.write_bytes(gzip.compress(sql.encode(), mtime=0))
        shutil.copytree(settings.files_dir, HERE / f"{name}.files")
    (HERE / f"{name}.json").write_text(json.dumps(noted, indent=INDENT) + "\n", "utf-8")


def _sql(database: Path) -> str:
    """Return a database as the statements that make it anew."""
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump())


if __name__ == "__main__":
    make_dump(sys.argv[1])
