"""`run.py summary`: the month on the terminal, as JSON and as files."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

import pytest

from app.commands import summary
from app.errors import DomainError
from tests.reports.month import AFTER, TOTAL_BY_HAND, Register, at
from workflows.compliance import Line

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def call(register: Register, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # noqa: ANN201 -- a function
    settings = register.app.config["SETTINGS"]
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("DONDOC_VAR", str(settings.var_dir))
    # One application a database: a second one would leave its connections to the garbage collector.
    monkeypatch.setattr(summary, "create_app", lambda _settings: register.app)

    def run(*words: str) -> str:
        parser = argparse.ArgumentParser()
        summary.add_arguments(parser)
        with at(AFTER):
            assert summary.run(parser.parse_args(words)) == 0
        return capsys.readouterr().out

    return run


def test_it_prints_a_table_and_json(call) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    table = call("--committee", "bcd", "--period", "2026-11")
    total = next(line for line in table.splitlines() if line.startswith("Tổng cộng"))
    counts, rates = "12 1 8 20 3 1 2 1 11 3 2 1", "33,3 % 25,0 %"
    assert " ".join(total.split()[3:]) == f"{counts} {rates}"
    assert "Số liệu chưa chốt" in table
    found = json.loads(call("--committee", "chuyen doi so", "--period", "2026-11", "--format", "json"))
    assert Line(**found["total"]) == TOTAL_BY_HAND
    assert found["signed"] is False


def test_it_writes_files(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for kind, magic in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        path = tmp_path / f"thang.{kind}"
        call("--period", "2026-11", "--format", kind, "--out", str(path))
        assert path.read_bytes().startswith(magic)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2030-01"), "Không có kỳ báo cáo nào kết thúc trong tháng 01/2030"),
        (("--period", "2026-11", "--committee", "khong-co"), "Hãy chỉ rõ một ban"),
        (("--period", "2026-11", "--format", "pdf"), "--out"),
        (("--period", "2026-11", "--format", "pdf", "--out", "/khong/co/dau.pdf"), "Không ghi được tệp"),
    ],
)
def test_what_cannot_be_done_is_said(call, words: tuple[str, ...], said: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    with pytest.raises(DomainError, match=said):
        call(*words)
