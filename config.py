"""Settings, read once from the environment; a wrong value stops the start and names its variable."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_BYTES = 48
MIN_SECRET = 32


class SettingError(ValueError):
    """A setting is missing or wrong; the message names the variable and says what to write."""


@dataclass(frozen=True)
class Settings:
    """All that differs from one installation to the next."""

    database_url: str
    var_dir: Path
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: str = "none"
    mail_from: str = "don-doc@localhost"
    demo: bool = False
    https: bool = False
    proxies: int = 0
    scanner: str = ""
    """The virus scanner's command; it gets a file's path as its last argument. Empty: files are not scanned."""
    testing: bool = False

    @property
    def files_dir(self) -> Path:
        """The folder in which uploaded files lie, outside of everything that is served."""
        return self.var_dir / "files"

    @property
    def uploads_dir(self) -> Path:
        """The folder of files that are still on their way, piece by piece; swept every night."""
        return self.var_dir / "uploads"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process.

    :raises SettingError: a variable holds a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    var_dir = Path(env.get("DONDOC_VAR", "") or Path(__file__).parent / "var").resolve()
    return Settings(
        database_url=env.get("DATABASE_URL", "") or f"sqlite:///{var_dir / 'dondoc.sqlite3'}",
        var_dir=var_dir,
        secret_key=_secret(env, var_dir),
        base_url=_url(env, "DONDOC_BASE_URL", "http://127.0.0.1:8000"),
        smtp_host=env.get("SMTP_HOST", ""),
        smtp_port=_port(env, "SMTP_PORT", 25),
        smtp_user=env.get("SMTP_USER", ""),
        smtp_password=env.get("SMTP_PASSWORD", ""),
        smtp_tls=_choice(env, "SMTP_TLS", "none", ("none", "starttls", "tls")),
        mail_from=env.get("MAIL_FROM", "") or "don-doc@localhost",
        demo=_flag(env, "DONDOC_DEMO"),
        https=_flag(env, "DONDOC_HTTPS"),
        proxies=int(_choice(env, "DONDOC_PROXIES", "0", ("0", "1", "2", "3"))),
        scanner=_command(env, "DONDOC_SCANNER"),
    )


def _secret(env: Mapping[str, str], var_dir: Path) -> str:
    """Return the signing key: the given one, else one made once and kept in the data folder."""
    given = env.get("SECRET_KEY", "")
    if given:
        if len(given) < MIN_SECRET:
            message = f"SECRET_KEY: quá ngắn, cần ít nhất {MIN_SECRET} ký tự (too short)."
            raise SettingError(message)
        return given
    path = var_dir / "secret.key"
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    except OSError as error:
        message = f"DONDOC_VAR: không ghi được vào thư mục {var_dir} (cannot write): {error.strerror}."
        raise SettingError(message) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES))
    return path.read_text("ascii").strip()


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "") or str(default)
    if not value.isdigit() or not 0 < int(value) < 2**16:
        message = f"{name}: «{value}» không phải số cổng từ 1 đến 65535 (not a port number)."
        raise SettingError(message)
    return int(value)


def _command(env: Mapping[str, str], name: str) -> str:
    """Return a command whose program can be run: that a scanner is missing must not be found out by the first file."""
    value = env.get(name, "").strip()
    try:
        words = shlex.split(value)
    except ValueError:
        words = [""]
    if value and not shutil.which(words[0]):
        message = f"{name}: không chạy được lệnh «{value}», hãy ghi đường dẫn đầy đủ (cannot run this command)."
        raise SettingError(message)
    return value


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, "") or default
    if not value.startswith(("http://", "https://")):
        message = f"{name}: «{value}» phải bắt đầu bằng http:// hoặc https:// (must be a web address)."
        raise SettingError(message)
    return value.rstrip("/")


def _flag(env: Mapping[str, str], name: str) -> bool:
    return _choice(env, name, "0", ("0", "1")) == "1"


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name, "") or default
    if value not in allowed:
        message = f"{name}: «{value}» không hợp lệ, chọn một trong: {', '.join(allowed)} (choose one)."
        raise SettingError(message)
    return value
