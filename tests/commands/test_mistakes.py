"""A role called wrongly says what to do in Vietnamese and in English, without a traceback."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.arguments import Reader
from app.bootstrap import ROOT
from tests.commands.test_serve import environment

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["environment"]


@pytest.mark.parametrize(
    ("call", "vietnamese", "english"),
    [
        (["job", "nope"], "TÊN không nhận “nope”. Chọn một trong: resume_pauses", "TÊN does not take “nope”."),
        (["job"], "Còn thiếu: TÊN. Chọn một trong: resume_pauses", "Missing: TÊN. Choose one of: resume_pauses"),
        (["job", "sweep_old", "x"], "Không hiểu: x.", "Not understood: x."),
        (
            ["serve", "--port", "abc"],
            "--port phải là một số nguyên, không phải “abc”.",
            "--port must be a whole number",
        ),
        (["serve", "--port"], "Sau --port phải có một giá trị.", "--port must be followed by a value."),
        (["serve", "--demo", "--empty"], "không dùng cùng nhau: hãy bỏ bớt một.", "do not go together"),
        (["summary", "--period", "2026-99"], "“2026-99” không phải tháng", "2026-11"),
        (["admin"], "Còn thiếu: VIỆC. Chọn một trong: create-user, link.", "Missing: VIỆC."),
        (["admin", "link"], "Xem: python3 run.py admin link --help", "Missing: login."),
    ],
)
def test_a_wrong_option_is_named_with_what_may_stand_there(
    call: list[str], vietnamese: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    role, *options = call
    parser = Reader(prog=f"run.py {role}", description="")
    importlib.import_module(f"app.commands.{role}").add_arguments(parser)
    with pytest.raises(SystemExit) as stopped:
        parser.parse_args(options)
    assert stopped.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert vietnamese in said[0]
    assert english in said[1]


def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    parser = Reader(prog="run.py job", description="")
    importlib.import_module("app.commands.job").add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    said = capsys.readouterr().out
    assert said.startswith("Cách dùng (usage): run.py job [-h] TÊN")
    assert "show this help" not in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["verify"], "Hãy chạy: python3 run.py migrate"),
        (["job", "sweep_old"], "Hãy chạy: python3 run.py migrate"),
        (["restore", "khong-co.zip"], "Không có tệp khong-co.zip."),
        (["restore", "README.md"], "không phải bản sao lưu đọc được"),
        (["backup", "ban.zip"], "Chưa có cơ sở dữ liệu để sao lưu."),
        (["read", "khong-co.txt"], "Không tìm thấy tệp “khong-co.txt”."),
        (["serve", "--port", "99999"], "Cổng (--port) phải là số từ 0 đến 65535, không phải 99999."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(environment: dict[str, str], call: list[str], sentence: str) -> None:
    command = [sys.executable, str(ROOT / "run.py"), *call]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_file_that_cannot_be_written_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    run = [sys.executable, str(ROOT / "run.py")]
    subprocess.run([*run, "migrate"], cwd=ROOT, env=environment, check=True, capture_output=True)
    (tmp_path / "tep").write_text("a file, no folder", "utf-8")
    wrong = [*run, "backup", str(tmp_path / "tep" / "ban.zip")]
    done = subprocess.run(wrong, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"Không đọc hoặc ghi được {tmp_path / 'tep'}" in done.stderr
    assert "Traceback" not in done.stderr
