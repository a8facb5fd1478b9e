"""What a killed test run leaves behind never stops the next one, and never harms a stranger."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.databases import PREFIX, remove_server, sweep_servers

if TYPE_CHECKING:
    from pathlib import Path


def left_behind(tmp_path: Path, owner: int, server: int) -> Path:
    folder = tmp_path / f"{PREFIX}{owner}-left"
    folder.mkdir()
    (folder / "postmaster.pid").write_text(f"{server}\n{folder}\n", "utf-8")
    return folder


def ended() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_a_server_that_a_restart_ended_is_only_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = left_behind(tmp_path, owner=ended(), server=ended())
    sweep_servers()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="chỉ Linux cho biết một số tiến trình nay là chương trình nào")
def test_a_number_that_now_belongs_to_another_program_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        try:
            remove_server(left_behind(tmp_path, owner=ended(), server=stranger.pid))
            assert stranger.poll() is None
        finally:
            stranger.kill()
