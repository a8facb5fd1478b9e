"""Role `admin`: people from the command line: the first administrator, or a way in for who is locked out."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from app import migrations_runner
from app.commands.web import require_newest
from app.db import engine, session, transaction
from app.errors import DomainError
from app.factory import create_app
from app.services.authorities import found_authority, the_authority
from app.services.invitations import make_link_by_hand, set_password
from app.services.logins import person_by_login
from app.services.people import PersonFields, save_person
from config import load_settings

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Offer what an administrator of the machine may do."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    create = actions.add_parser(
        "create-user",
        help="thêm một người dùng; cơ sở dữ liệu trống thì lập cả cơ quan (add a user; also the first one)",
        description="Thiếu tùy chọn nào thì được hỏi trên màn hình. (What is left out is asked for on the terminal.)",
    )
    create.add_argument(
        "--authority", default="", help="tên cơ quan, khi chưa có (the authority's name, the first time)"
    )
    create.add_argument("--name", default="", help="họ và tên (full name)")
    create.add_argument("--login", default="", help="tên đăng nhập (log-in name)")
    create.add_argument("--email", default="", help="thư điện tử (mail address)")
    create.add_argument("--admin", action="store_true", help="là quản trị hệ thống (an administrator)")
    create.add_argument(
        "--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn (read the password from stdin)"
    )
    link = actions.add_parser(
        "link", help="in một liên kết đặt mật khẩu cho ai bị kẹt ngoài (print a link to choose a password)"
    )
    link.add_argument("login", help="tên đăng nhập hoặc thư điện tử (log-in name or mail address)")


def run(args: argparse.Namespace) -> int:
    """Do what is asked for, on a database of the newest shape; an empty one is made first."""
    settings = load_settings()
    if migrations_runner.current(settings.database_url) is None:
        migrations_runner.upgrade(settings)
    require_newest(settings)
    app = create_app(settings)
    with app.app_context():
        try:
            return create_user(args) if args.action == "create-user" else print_link(args.login)
        finally:
            session.remove()
            engine().dispose()


def create_user(args: argparse.Namespace) -> int:
    """Add a person, and the authority if there is none; who has no password gets a link."""
    founding = the_authority() is None
    authority_name = args.authority or (asked("Tên cơ quan (authority)") if founding else "")
    fields = PersonFields(
        full_name=args.name or asked("Họ và tên (full name)"),
        login=args.login or asked("Tên đăng nhập (log-in name)"),
        email=args.email or asked("Thư điện tử (mail address)", needed=False),
        # Somebody must be able to go on from here.
        is_admin=args.admin or founding,
    )
    password = typed_password(from_stdin=args.password_stdin)
    with transaction():
        authority = the_authority() or found_authority(authority_name)
        person = save_person(authority.id, fields, None)
        if password:
            set_password(person, password)
        link = "" if password else make_link_by_hand(person)
    role = "quản trị (administrator)" if person.is_admin else "người dùng (user)"
    print(f"Đã thêm {role}: {person.full_name} — {person.login}, {authority.name}")
    announce(link)
    return 0


def print_link(login: str) -> int:
    """Print a link by which a person chooses a new password."""
    person = person_by_login(login)
    if person is None:
        raise DomainError(
            f"Không có ai với tên đăng nhập hoặc thư «{login}».", f"Nobody has the log-in name or address “{login}”."
        )
    with transaction():
        link = make_link_by_hand(person)
    announce(link)
    return 0


def announce(link: str) -> None:
    """Print a link with what can be done with it."""
    if link:
        print(f"Liên kết đặt mật khẩu, dùng một lần, trong 7 ngày (one-time link, 7 days):\n{link}")


def asked(words: str, *, needed: bool = True) -> str:
    """Return what is typed on the terminal; without one, what is needed must come as an option.

    :raises DomainError: nothing was given.
    """
    given = input(f"{words}: ").strip() if sys.stdin.isatty() else ""
    if needed and not given:
        raise DomainError(
            f"Thiếu: {words}. Xem: python3 run.py admin create-user --help",
            f"Missing: {words}. See: python3 run.py admin create-user --help",
        )
    return given


def typed_password(*, from_stdin: bool) -> str:
    """Return the password typed twice on the terminal, or read from stdin; empty asks for a link instead.

    :raises DomainError: the two differ.
    """
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    first = getpass.getpass("Mật khẩu, để trống để nhận liên kết (password, empty for a link): ")
    if first and first != getpass.getpass("Nhập lại mật khẩu (once more): "):
        raise DomainError("Hai lần nhập chưa giống nhau. Hãy chạy lại.", "The two differ. Please run it again.")
    return first
