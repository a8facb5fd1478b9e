"""The roles of run.py as one table, and what happens before a role runs; standard library only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from app import bootstrap

if TYPE_CHECKING:
    from collections.abc import Sequence

APP = ("app",)
TOOLS = ("app", "test")
BROWSER = ("app", "test", "browser")
USAGE_ERROR = 2
INTERRUPTED = 130


class Command(NamedTuple):
    """A role: its name on the command line, what it is for, and the groups of packages it needs."""

    name: str
    vi: str
    en: str
    groups: tuple[str, ...] = APP


# To add a role, write app/commands/<name, - as _>.py with two functions, and put its row here:
#   add_arguments(parser: argparse.ArgumentParser) -> None
#   run(args: argparse.Namespace) -> int             the exit code; open transaction() to change data
#   PASSES_ON = True (optional)                      options it does not know arrive as the list args.passed_on
# The module is imported only when its role is called. Raise DomainError (or SettingError) for what the user can
# mend: it becomes one sentence on stderr and exit code 2. What is printed on stdout is the role's own.
# A row may stand here only when its module does.
COMMANDS = (
    Command("serve", "chạy tất cả: trang web và lịch chạy (mặc định)", "everything: web and scheduler (default)"),
    Command("web", "chỉ trang web", "the web server alone"),
    Command("scheduler", "lịch chạy: nhắc việc, gửi thư", "reminders, mail and the night's work"),
    Command("job", "chạy ngay một việc của lịch", "run one job of the schedule now"),
    Command("backup", "sao lưu dữ liệu và tệp vào một tệp", "database and files into one file"),
    Command("restore", "khôi phục từ bản sao lưu", "put a backup in place"),
    Command("verify", "kiểm tra nhật ký, sổ, số, tệp", "check log, ledger, numbers, files"),
    Command("reindex", "lập lại chỉ mục tìm kiếm", "write the search index anew"),
    Command("migrate", "cập nhật cơ sở dữ liệu theo phiên bản này", "bring the database to this version"),
    Command("admin", "thêm người dùng, in liên kết đặt mật khẩu", "add users, print a link to choose a password"),
    Command("demo", "nạp dữ liệu dùng thử vào cơ sở dữ liệu trống", "fill an empty database with the demo"),
    Command("read", "đọc một thông báo kết luận, không cần dữ liệu", "read a notice's text, without any database"),
    Command("summary", "tổng hợp tháng: bảng, JSON, XLSX, PDF", "a month's summary: table, JSON, XLSX, PDF"),
    Command("prove", "phép thử dài: kills, races, load", "long proofs: kills, races, load", TOOLS),
    Command("bench", "đo tốc độ bên cạnh một ứng dụng trần", "measure our speed beside a bare application", TOOLS),
    Command("test", "chạy kiểm thử trên SQLite và PostgreSQL", "run the tests on SQLite and PostgreSQL", BROWSER),
    Command("check", "kiểm tra mã nguồn: kiểu, quy tắc, tầng", "lint, types, import contracts", BROWSER),
)
DEFAULT = COMMANDS[0]


def overview() -> str:
    """Return the help of run.py itself."""
    width = max(len(command.name) for command in COMMANDS) + 2
    rows = [f"  {each.name:<{width}}{each.vi}\n  {'':<{width}}{each.en}" for each in COMMANDS]
    return "\n".join(
        [
            "Đôn đốc: giao việc theo kết luận cuộc họp và theo dõi đến khi xong.",
            "Don doc: conclusions of meetings become tasks, followed to their end.",
            "",
            "Cách dùng (usage): python3 run.py [VAI (ROLE)] [TÙY CHỌN (OPTIONS)]",
            "Chi tiết từng vai (details of a role): python3 run.py VAI --help",
            "",
            *rows,
        ]
    )


def find(argv: Sequence[str]) -> tuple[Command, list[str]] | None:
    """Return the role asked for and what is left for it; None for a name that is in no row.

    Without a role, or with options alone, the default is meant.
    """
    if not argv or argv[0].startswith("-"):
        return DEFAULT, list(argv)
    for command in COMMANDS:
        if command.name == argv[0]:
            return command, list(argv[1:])
    return None


def unknown(name: str) -> str:
    """Return the sentence for a role that does not exist, with the nearest one that does."""
    import difflib  # noqa: PLC0415 - only for the mistaken, and every start pays for imports

    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], n=1, cutoff=0.5)
    hint = f" Ý bạn là “{near[0]}”? (Did you mean “{near[0]}”?)" if near else ""
    return f"Không có vai “{name}” (no such role).{hint} Xem: python3 run.py --help"


def start(argv: Sequence[str]) -> int:
    """Answer what needs no environment, make the environment, then run the role with its Python.

    Return the exit code: 2 for a wrong call, 1 where the environment could not be made.
    """
    if argv and argv[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    found = find(argv)
    if found is None:
        print(unknown(argv[0]), file=sys.stderr)
        return USAGE_ERROR
    try:
        bootstrap.prepare(found[0].groups)
    except bootstrap.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    if not bootstrap.in_environment():
        bootstrap.hand_over(argv)
    from app.calling import call  # noqa: PLC0415 - slow, and the process that only hands over never needs it

    return call(*found)
