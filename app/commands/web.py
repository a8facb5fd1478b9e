"""Role `web`: the web server alone, for the application that `app.factory` wires."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any

import waitress
from sqlalchemy.orm import configure_mappers
from whitenoise import WhiteNoise

from app import migrations_runner
from app.allocation import keep_memory
from app.bootstrap import ROOT
from app.errors import DomainError
from app.factory import create_app
from app.ui.static_files import FOR_EVER, PREFIX, static_url
from config import load_settings

if TYPE_CHECKING:
    import argparse

    from whitenoise.responders import Headers

    from config import Settings

HOST = "127.0.0.1"
PORT = 8000
LAST_PORT = 65535
THREADS = 8
AFTER_FIRST_PAGE = 1.0
"""Seconds from the start of the server until it makes itself ready for what comes after the first page."""
DAY = 24 * 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen, and with how many processes."""
    add_address(parser)
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        metavar="SỐ",
        help="số tiến trình; từ 2 trở lên dùng gunicorn, không có trên Windows (processes; 2 or more: gunicorn)",
    )


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add the options --host and --port."""
    parser.add_argument("--host", default=HOST, help=f"địa chỉ nghe (address to listen on), mặc định {HOST}")
    parser.add_argument("--port", type=int, default=PORT, help=f"cổng (port), mặc định {PORT}")


def run(args: argparse.Namespace) -> int:
    """Serve until a signal ends it; the database must be of the newest shape."""
    settings = load_settings()
    require_newest(settings)
    listening = listen(args.host, args.port)
    print(f"Trang web chạy tại (serving at) {address(listening)}", flush=True)
    if args.workers > 1:
        serve_with_processes(settings, listening, args.workers)
    else:
        serve(settings, listening)
    return 0


def require_newest(settings: Settings) -> None:
    """Refuse to serve a database of another shape than the code knows."""
    if migrations_runner.current(settings.database_url) != migrations_runner.newest():
        raise DomainError(
            "Cơ sở dữ liệu chưa được cập nhật theo phiên bản này. Hãy chạy: python3 run.py migrate",
            "The database does not match this version yet. Please run: python3 run.py migrate",
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address; name the next free port where this one is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise refusal(host, port, error) from error
    listening.listen(128)
    return listening


def refusal(host: str, port: int, error: Exception) -> DomainError:
    """Return the sentence for an address on which we cannot listen."""
    if not 0 <= port <= LAST_PORT:
        return DomainError(
            f"Cổng (--port) phải là số từ 0 đến {LAST_PORT}, không phải {port}.",
            f"A port (--port) is a number from 0 to {LAST_PORT}, not {port}.",
        )
    if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
        return DomainError(
            f"Không nghe được ở {host}:{port} ({error}). Hãy kiểm tra --host và --port.",
            f"Cannot listen on {host}:{port} ({error}). Please check --host and --port.",
        )
    free = next((other for other in range(port + 1, LAST_PORT) if is_free(host, other)), 0)
    return DomainError(
        f"Cổng {port} đang có chương trình khác dùng. Hãy chạy lại với cổng trống kế tiếp: --port {free}",
        f"Port {port} is taken by another program. Run again with the next free one: --port {free}",
    )


def is_free(host: str, port: int) -> bool:
    """Tell whether nobody listens on a port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def address(listening: socket.socket) -> str:
    """Return what to type into a browser on this machine."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def application(settings: Settings) -> WhiteNoise:
    """Return the application behind a layer that hands out app/static, compressed twins first, without waking Flask."""
    static = str(ROOT / "app" / "static")
    served = WhiteNoise(
        create_app(settings), root=static, prefix="static/", allow_all_origins=False, add_headers_function=file_headers
    )
    served.add_files(static, prefix=static_url("").lstrip("/"))
    return served


def file_headers(headers: Headers, path: str, url: str) -> None:
    """Let browsers keep for ever what has its version in its address, for a day what only a new lock changes."""
    headers["X-Content-Type-Options"] = "nosniff"
    if url.startswith(PREFIX):
        headers["Cache-Control"] = FOR_EVER
    elif url.startswith("/static/vendor/"):
        headers["Cache-Control"] = f"max-age={DAY}, public"


def serve(settings: Settings, listening: socket.socket) -> None:
    """Serve with threads in this process until SIGINT or SIGTERM."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    server = waitress.create_server(
        application(settings),
        sockets=[listening],
        threads=THREADS,
        url_scheme="https" if settings.https else "http",
        ident=None,
    )
    # The first page asks for no model; what every later one needs is worked out while its reader logs in.
    ready = threading.Timer(AFTER_FIRST_PAGE, _make_ready)
    ready.daemon = True
    ready.start()
    try:
        server.run()  # comes back on KeyboardInterrupt and SystemExit
    finally:
        server.close()


def _make_ready() -> None:
    keep_memory()
    configure_mappers()


def serve_with_processes(settings: Settings, listening: socket.socket, workers: int) -> None:
    """Serve with several processes under gunicorn, each with an application and database connections of its own."""
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - not there on Windows

    class Server(BaseApplication):
        def load_config(self) -> None:
            options: dict[str, Any] = {"workers": workers, "bind": f"fd://{listening.fileno()}", "loglevel": "warning"}
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> WhiteNoise:
            keep_memory()
            return application(settings)

    Server().run()
