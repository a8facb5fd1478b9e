"""The environment that run.py makes for itself: fresh, stale, half done, without network, twice at once."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app import bootstrap, cli

CACHE_TAG = sys.implementation.cache_tag


class Installer:
    """Stands for venv, uv and pip: notes what it was asked to do, and fails or dies where told to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done: list[str] = []
        self.failure: BaseException | None = None

    def make_environment(self) -> None:
        self.done.append("environment")
        bootstrap.VENV_PYTHON.parent.mkdir(parents=True, exist_ok=True)
        bootstrap.VENV_PYTHON.touch()
        bootstrap.UNFINISHED.touch()

    def install(self, group: str, target: Path | None = None) -> None:
        if self.failure:
            raise self.failure
        self.done.append(group)

    def run_module(self, module: str) -> None:
        self.done.append(module)
        if module == "app.assets":
            bootstrap.VENDOR.mkdir(parents=True)
            stamp = bootstrap.VENDOR / bootstrap.STAMP
            stamp.write_text(f'{{"key": "{bootstrap.vendor_key()}"}}', "utf-8")
            return
        for source in bootstrap.stale_catalogues():
            source.with_suffix(".mo").touch()

    def compile_bytecode(self) -> None:
        for source in self.root.glob("app/*.py"):
            compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
            compiled.parent.mkdir(exist_ok=True)
            compiled.touch()
        self.done.append("bytecode")


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Give bootstrap a project of its own and an installer that downloads nothing."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "app" / "translations" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po").touch()
    for name in ("requirements/app.txt", "requirements/test.txt", "package-lock.json", "app/assets.py"):
        (tmp_path / name).write_text(f"{name}==1", "utf-8")
    venv = tmp_path / ".venv"
    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "VENV_PYTHON": venv / "bin" / "python",
        "UNFINISHED": venv / "unfinished",
        "VENDOR": tmp_path / "app" / "static" / "vendor",
        "TRANSLATIONS": tmp_path / "app" / "translations",
    }.items():
        monkeypatch.setattr(bootstrap, name, value)
    fake = Installer(tmp_path)
    for name in ("make_environment", "install", "run_module", "compile_bytecode"):
        monkeypatch.setattr(bootstrap, name, getattr(fake, name))
    return fake


ALL = ["environment", "app", "app.assets", "app.catalogues", "bytecode"]


def test_a_bare_machine_gets_everything_once(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    bootstrap.prepare(("app",))
    assert installer.done == ALL


def test_another_group_is_added_to_what_is_there(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    bootstrap.prepare(("app", "test"))
    bootstrap.prepare(("app",))
    assert installer.done == [*ALL, "test"]


def test_a_changed_source_is_compiled_again(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    source = installer.root / "app" / "assets.py"
    later = source.stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    assert bootstrap.bytecode_is_stale()
    os.utime(compiled, ns=(later, later))
    assert not bootstrap.bytecode_is_stale()


def test_sources_are_compiled_even_where_python_may_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in bootstrap.SOURCES:
        (tmp_path / folder).mkdir()
    (tmp_path / "app" / "one.py").write_text("ONE = 1", "utf-8")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", Path(sys.executable))
    assert bootstrap.bytecode_is_stale()
    bootstrap.compile_bytecode()
    assert not bootstrap.bytecode_is_stale()


def test_a_new_lock_is_installed(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    (installer.root / "requirements" / "app.txt").write_text("flask==2", "utf-8")
    bootstrap.prepare(("app",))
    assert installer.done == [*ALL, "app"]


def test_new_front_end_packages_are_fetched(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    (installer.root / "package-lock.json").write_text("{}", "utf-8")
    assert bootstrap.vendor_is_stale()


def test_another_python_begins_anew(installer: Installer, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.prepare(("app",))
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    bootstrap.prepare(("app",))
    assert installer.done == [*ALL, "environment", "app", "bytecode"]


def test_a_killed_installation_begins_anew(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    installer.failure = KeyboardInterrupt()  # nothing of ours runs after a kill either
    with pytest.raises(KeyboardInterrupt):
        bootstrap.prepare(("app", "test"))
    installer.failure = None
    bootstrap.prepare(("app",))
    assert installer.done == [*ALL, "environment", "app"]


def test_without_network_the_older_groups_keep_working(installer: Installer) -> None:
    bootstrap.prepare(("app",))
    installer.failure = bootstrap.SetupError("no network")
    with pytest.raises(bootstrap.SetupError):
        bootstrap.prepare(("app", "test"))
    bootstrap.prepare(("app",))
    assert installer.done == ALL


def test_two_starts_at_once_do_the_work_once(installer: Installer) -> None:
    threads = [threading.Thread(target=bootstrap.prepare, args=(("app",),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert installer.done == ALL


def test_what_failed_is_told_in_one_place(installer: Installer, capsys: pytest.CaptureFixture[str]) -> None:
    installer.failure = bootstrap.SetupError(bootstrap.NO_NETWORK.format(what="PyPI", last="timeout"))
    assert cli.start(["serve"]) == 1
    assert "Kiểm tra mạng" in capsys.readouterr().err


def test_a_python_without_ensurepip_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(bootstrap.SetupError, match="apt-get install python3-venv"):
        bootstrap.make_environment()


def test_a_command_that_fails_tells_its_end() -> None:
    failure = bootstrap.call([sys.executable, "-c", "print('one'); print('two'); raise SystemExit(3)"])
    assert failure.splitlines() == ["one", "two"]
    assert bootstrap.call([sys.executable, "-c", "print('well')"]) == ""


def test_the_entry_parses_where_python_is_too_old_for_the_rest() -> None:
    ast.parse((Path(cli.__file__).parents[1] / "run.py").read_text("utf-8"), feature_version=(3, 4))


def test_before_anything_is_installed_only_the_standard_library_is_needed() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import app.cli; print(app.cli.overview())"
    root = str(Path(cli.__file__).parents[1])
    answer = subprocess.run([sys.executable, "-I", "-S", "-c", code, root], capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr
