"""What every test may ask for: a database, the application on it, a browser."""

from __future__ import annotations

import shutil
import signal
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

pytest_plugins = ["tests.databases", "tests.posts", "tests.warm"]

# A loaded machine must not fail a property for being slow.
hypothesis.settings.register_profile("dondoc", deadline=None)
hypothesis.settings.load_profile("dondoc")

# Started in the background by a script, this process was told to ignore Ctrl-C, and so would all that it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FETCHED = Path(__file__).parent.parent / "app" / "static" / "vendor" / "icons.svg"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Return the settings of an installation on a database and in a folder of the test's own."""
    return Settings(database_url=database_url, var_dir=tmp_path / "var", secret_key="k" * 48, testing=True)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Return the application as `run.py web` serves it, on SQLite and once more on PostgreSQL."""
    from app import db  # noqa: PLC0415 - tests of pure packages run without Flask
    from app.factory import create_app  # noqa: PLC0415 - the same

    application = create_app(settings)
    yield application
    with application.app_context():
        db.session.remove()
        db.engine().dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a browser without JavaScript, logged in as nobody."""
    return app.test_client()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium; skips the test where there is none."""
    pytest.importorskip("playwright", reason="trình duyệt: chạy python3 run.py test để cài playwright")
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip("trình duyệt: không có Chromium; trên Debian: apt-get install chromium")


@pytest.fixture(scope="session")
def chrome(chromium: str) -> Iterator[Any]:
    """Return a running Chromium, one a test process: each test opens windows of its own in it."""
    if not FETCHED.exists():
        pytest.skip("trình duyệt: chưa tải tệp giao diện; chạy python3 run.py một lần")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may not be there

    with sync_playwright() as start:
        started = start.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _quick_months(request: pytest.FixtureRequest) -> None:
    """Let no month count as one that takes long only because the machine was busy for a moment."""
    if "database_url" in request.fixturenames:
        request.getfixturevalue("monkeypatch").setattr("app.queries.kept_months.AT_ONCE", timedelta(hours=1))
