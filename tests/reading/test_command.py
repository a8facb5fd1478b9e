"""«run.py read»: JSON alone on stdout, one sentence on stderr, no database and no web framework."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from app.commands import read

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "reading" / "corpus" / "03_bien_ban.txt"
FIELDS = ["section", "text", "kind", "lead", "coordinating", "due", "due_text", "recurrence"]


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def call(*arguments: str | Path) -> int:
    parser = ArgumentParser()
    read.add_arguments(parser)
    return read.run(parser.parse_args([str(each) for each in arguments]))


def test_json_has_the_fields_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(SAMPLE, "--json") == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert err == ""
    assert list(answer) == ["meeting", "items"]
    assert list(answer["meeting"]) == ["title", "date", "chair", "location"]
    assert answer["meeting"]["date"] == "2025-08-06"
    assert all(list(item) == FIELDS for item in answer["items"])
    assert answer["items"][1]["due"] == "2025-08-15"


def test_the_listing_shows_the_words_read_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(SAMPLE) == 0
    out = capsys.readouterr().out
    assert "Chủ trì: Phạm Thu Hà" in out
    assert "Thời hạn hoàn thành: 15/08/2025  (đọc từ “trước ngày 15/8/2025”)" in out
    assert call(SAMPLE, "--lang", "en") == 0
    assert "Due date: 15/08/2025  (read from" in capsys.readouterr().out


def test_a_folder_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--score", SAMPLE.parent) == 0
    assert "items (F1)" in capsys.readouterr().out
    assert call("--score", tmp_path) == 2
    assert "không có tệp .txt nào" in capsys.readouterr().err
    assert call() == 2
    assert "Chưa cho biết tệp" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", b""), ("b.txt", b"\x89PNG\r\n\x00"), ("c.txt", "MẬT\nx".encode())]
)
def test_a_refusal_is_one_sentence_and_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    assert call(tmp_path / name, "--json") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(("Văn bản", "Tệp"))


def test_the_environments_language_is_spoken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert call(tmp_path / "none.txt") == 2
    assert capsys.readouterr().err.startswith("There is no file")
    assert call(tmp_path / "none.txt", "--lang", "vi") == 2
    assert capsys.readouterr().err.startswith("Không tìm thấy tệp")


def test_neither_flask_nor_sqlalchemy_is_imported() -> None:
    script = (
        "import sys; from app.commands import read; "
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'app.models')))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=dict(os.environ), check=False)
    assert done.returncode == 0
