"""Settings: what is given is taken, what cannot be used stops the start and names its variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config import SettingError, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "ngắn"),
        ("SMTP_PORT", "hai lăm"),
        ("SMTP_PORT", "70000"),
        ("SMTP_TLS", "ssl"),
        ("DONDOC_BASE_URL", "dondoc.binhminh.example"),
        ("DONDOC_HTTPS", "yes"),
        ("DONDOC_PROXIES", "many"),
        ("DONDOC_SCANNER", "may-quet-khong-co --nhanh"),
        ("DONDOC_SCANNER", 'python3 "chưa đóng'),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load_settings({"DONDOC_VAR": str(tmp_path), name: value})


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = (load_settings({"DONDOC_VAR": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises((SettingError, OSError), match="file"):
        load_settings({"DONDOC_VAR": str(tmp_path / "file" / "var")})
