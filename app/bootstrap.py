"""Make .venv, the front-end files and the message catalogues when they are missing or stale.

Standard library only: this runs under whatever Python the machine has, before anything is installed.
Progress goes to stderr, so that a role's stdout stays its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
VENDOR = ROOT / "app" / "static" / "vendor"
TRANSLATIONS = ROOT / "app" / "translations"
SOURCES = ("app", "workflows")
STAMP = "don-doc.json"  # in .venv: lock digest of each installed group; in vendor/: key and digest of each file
# Offices that look into TLS put their certificate into the system's store: uv and Node must be told to look there.
OWN_CERTIFICATES = {"UV_NATIVE_TLS": "1", "UV_SYSTEM_CERTS": "1", "NODE_USE_SYSTEM_CA": "1"}
UNFINISHED = VENV / "don-doc.installing"  # there while an installer changes .venv

NO_NETWORK = """\
Không tải được gói từ {what}. Kiểm tra mạng (proxy: đặt HTTPS_PROXY) rồi chạy lại đúng lệnh này: phần đã xong được giữ.
Could not fetch packages from {what}. Check the network (proxy: set HTTPS_PROXY), then run the same command again.
{last}"""
NO_ENSUREPIP = """\
Python này thiếu ensurepip nên không tạo được môi trường riêng. Trên Debian/Ubuntu: apt-get install python3-venv
This Python lacks ensurepip, so no environment can be made. On Debian/Ubuntu: apt-get install python3-venv"""


class SetupError(Exception):
    """The environment could not be made; the text says what to do, in both languages."""


def say(text: str) -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


def lock_file(group: str) -> Path:
    """Return the hashed lock of a group of packages."""
    return ROOT / "requirements" / f"{group}.txt"


def group_key(group: str) -> str:
    """Return what an installed group must match: its lock and this Python."""
    return digest(lock_file(group).read_bytes() + f"{sys.implementation.cache_tag} {sys.platform}".encode())


def vendor_key() -> str:
    """Return what the front-end files must match: their lock and the module that chooses them."""
    return digest((ROOT / "package-lock.json").read_bytes() + (ROOT / "app" / "assets.py").read_bytes())


def digest(content: bytes) -> str:
    """Return the SHA-256 of the content."""
    return hashlib.sha256(content).hexdigest()


def read_stamp(folder: Path) -> dict[str, str]:
    """Return a folder's stamp, empty where it is missing or unreadable."""
    try:
        stamp: dict[str, str] = json.loads((folder / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def missing_groups(groups: Sequence[str]) -> list[str]:
    """Return those of the groups that are not installed as their locks say."""
    if UNFINISHED.exists() or not VENV_PYTHON.exists():
        return list(groups)
    stamp = read_stamp(VENV)
    return [group for group in groups if stamp.get(group) != group_key(group)]


def vendor_is_stale() -> bool:
    """Tell whether the front-end files must be fetched."""
    return read_stamp(VENDOR).get("key") != vendor_key()


def stale_catalogues() -> list[Path]:
    """Return the .po files whose .mo is missing or older."""
    found = []
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            found.append(source)
    return found


def bytecode_is_stale() -> bool:
    """Tell whether a source file of ours was changed since it was last compiled."""
    return any(_newer(source) for folder in SOURCES for source in (ROOT / folder).rglob("*.py"))


def _newer(source: Path) -> bool:
    compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
    try:
        return compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
    except OSError:
        return True


def prepare(groups: Sequence[str]) -> None:
    """Bring .venv, front-end files, catalogues and bytecode up to date; costs a few file reads when they are.

    Raise SetupError with a sentence that says what to do.
    """
    if missing_groups(groups) or vendor_is_stale() or stale_catalogues():
        set_up(groups)
    if bytecode_is_stale():
        with contextlib.suppress(PermissionError), set_up_alone():  # where we may not write, nothing is compiled either
            if bytecode_is_stale():
                compile_bytecode()


def set_up(groups: Sequence[str]) -> None:
    """Install and make what is missing, one process at a time."""
    with set_up_alone():  # whoever waited here finds the work done and looks again
        for group in missing_groups(groups):
            install_group(group)
        if vendor_is_stale():
            say("Tải tệp giao diện (front-end files)…")
            run_module("app.assets")
        if stale_catalogues():
            say("Biên dịch bản dịch (message catalogues)…")
            run_module("app.catalogues")
    say("Môi trường đã sẵn sàng. (Environment ready.)")


@contextlib.contextmanager
def set_up_alone() -> Iterator[None]:
    """Hold the set-up lock; the system drops it when the process dies, however it dies."""
    with (ROOT / ".setup.lock").open("a+b") as handle:
        if not try_lock(handle.fileno(), wait=False):
            say("Một tiến trình khác đang chuẩn bị môi trường, chờ… (waiting for another set-up)")
            try_lock(handle.fileno(), wait=True)
        yield


def try_lock(descriptor: int, *, wait: bool) -> bool:
    """Lock an open file, waiting for it or not; tell whether it is ours."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows only
        import time  # noqa: PLC0415 - only for the wait below

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
            else:
                return True
    import fcntl  # noqa: PLC0415 - does not exist on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def install_group(group: str) -> None:
    """Install one group into .venv, made anew where it is missing, of another Python, or left half done.

    1. mark .venv as unfinished, 2. install, 3. write the stamp, 4. take the mark away. A start that finds the
    mark was preceded by a killed one and begins again with an empty .venv. An installer that fails by itself
    (no network) has changed nothing: the mark goes, and the groups installed before keep working.
    """
    stamp = read_stamp(VENV)
    if UNFINISHED.exists() or not VENV_PYTHON.exists() or stamp.get("python") != sys.implementation.cache_tag:
        make_environment()
        stamp = {"python": str(sys.implementation.cache_tag)}
    UNFINISHED.touch()
    try:
        install(group)
    except SetupError:
        UNFINISHED.unlink()
        raise
    stamp[group] = group_key(group)
    waiting = VENV / f"{STAMP}.new"
    waiting.write_text(json.dumps(stamp, indent=1), "utf-8")
    waiting.replace(VENV / STAMP)
    UNFINISHED.unlink()


def make_environment() -> None:
    """Make an empty .venv with this Python; with pip only where uv is not at hand."""
    import importlib.util  # noqa: PLC0415 - slow, and only needed when something is missing
    import shutil  # noqa: PLC0415 - the same

    with_uv = shutil.which("uv") is not None
    if not with_uv and importlib.util.find_spec("ensurepip") is None:
        raise SetupError(NO_ENSUREPIP)
    say(f"Tạo môi trường Python {sys.version_info.major}.{sys.version_info.minor} trong .venv…")
    shutil.rmtree(VENV, ignore_errors=True)
    python = getattr(sys, "_base_executable", sys.executable)  # never the .venv just removed
    outcome = call([python, "-m", "venv", *(["--without-pip"] if with_uv else []), str(VENV)])
    if outcome:
        raise SetupError(f"{NO_ENSUREPIP}\n{outcome}")
    UNFINISHED.touch()


def install(group: str, target: Path | None = None) -> None:
    """Install a group's lock, every file checked against its hash, into .venv or a folder of its own."""
    import shutil  # noqa: PLC0415 - slow, and only needed when something is missing

    lock = lock_file(group)
    count = sum(1 for line in lock.read_text("utf-8").splitlines() if line[:1].isalpha())
    say(f"Cài nhóm “{group}”: khoảng {count} gói (installing about {count} packages)…")
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
    options += ["--target", str(target)] if target else []
    uv = shutil.which("uv")
    if uv and not call([uv, "pip", "install", "-q", "--compile-bytecode", "--python", str(VENV_PYTHON), *options]):
        return
    if uv:  # it may lack the mirror or certificate that this machine's pip knows
        say("  uv không cài được, thử pip (uv failed, trying pip)…")
        call([str(VENV_PYTHON), "-m", "ensurepip"])
    failure = call([str(VENV_PYTHON), "-m", "pip", "install", "--progress-bar", "off", *options], count=count)
    if failure:
        raise SetupError(NO_NETWORK.format(what="PyPI", last=failure))


def run_module(name: str) -> None:
    """Run one of our set-up modules with the Python of .venv; raise SetupError with what it said."""
    failure = call([str(VENV_PYTHON), "-m", name], passing=True)
    if failure:
        raise SetupError(failure)


def call(command: list[str], *, count: int = 0, passing: bool = False) -> str:
    """Run a command and return "" or, when it failed, the end of what it said.

    With a count its "Collecting" lines are shown as progress, with passing what it says on stderr.
    """
    import subprocess  # noqa: PLC0415 - slow, and only needed when something is missing

    environment = os.environ | {"PYTHONUTF8": "1"} | OWN_CERTIFICATES
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        done = 0
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if passing:
                say(line.rstrip())
            elif count and line.startswith("Collecting "):
                done += 1
                show_progress(done, count, line.split()[1])
            elif count and line.startswith("Installing collected"):
                say("  đã tải xong, đang cài vào .venv (downloaded, installing)…")
    return "" if process.returncode == 0 else "\n".join(lines[-3:]) or f"{command[0]}: {process.returncode}"


def compile_bytecode() -> None:
    """Compile our sources where that can be written: a Python told not to do so itself compiles them at each start."""
    call([str(VENV_PYTHON), "-m", "compileall", "-q", *SOURCES])


def show_progress(done: int, count: int, package: str) -> None:
    """Rewrite one line on a terminal; elsewhere print each tenth package."""
    if sys.stderr.isatty():
        print(f"\r\033[K  {done}/{count} {package}", end="\n" if done == count else "", file=sys.stderr, flush=True)
    elif done % 10 == 0 or done == count:
        say(f"  {done}/{count} {package}")


def in_environment() -> bool:
    """Tell whether this process already runs the Python of .venv."""
    return VENV.exists() and Path(sys.prefix).resolve() == VENV.resolve()


def hand_over(argv: Sequence[str]) -> NoReturn:
    """Run run.py again with the Python of .venv, in this process's place where the system can do that."""
    command = [str(VENV_PYTHON), str(ROOT / "run.py"), *argv]
    os.environ["PYTHONUTF8"] = "1"
    if sys.platform == "win32":
        import subprocess  # noqa: PLC0415 - slow, and not needed elsewhere

        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell wanted
