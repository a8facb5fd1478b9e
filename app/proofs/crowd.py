"""Many browsers at a real server: they log in through the page and then act, some at the same moment."""

from __future__ import annotations

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from app.bench import servers
from app.bench.client import Answer, Client
from app.errors import DomainError
from app.proofs.crowd_house import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Asked = TypeVar("Asked")
    Got = TypeVar("Got")

CONNECTIONS = 20
"""So many of a crowd talk to the server at once; the others wait their turn."""
OK, DONE, CONFLICT, BUSY = 200, 303, 409, 503
BROKEN = 500
_VERSION = re.compile(rb'name="version" value="(\d+)"')
_TROUBLE = re.compile(rb"locked|deadlock|QueuePool|Traceback|^database:", re.IGNORECASE | re.MULTILINE)


class Visitor:
    """Somebody with a browser of his own, logged in."""

    def __init__(self, port: int, login: str) -> None:
        """Log in through the page."""
        self.login = login
        self.client = Client(port)
        form = {"csrf_token": self.client.get("/login").token, "login": login, "password": PASSWORD}
        answer = self.client.post("/login", form)
        self.token = self.client.get("/tasks/").token
        self.client.close()
        if answer.status != DONE or not self.token:
            raise DomainError(
                f"{login} không đăng nhập được (mã {answer.status}).",
                f"{login} could not log in (status {answer.status}).",
            )

    def look(self, path: str) -> Answer:
        """Open a page; a connection that broke is an answer with status 0."""
        return self._send(lambda: self.client.get(path))

    def act(self, path: str, form: Mapping[str, object]) -> Answer:
        """Send a form with the token of the session."""
        return self._send(lambda: self.client.post(path, {"csrf_token": self.token, **form}))

    def _send(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except (OSError, ValueError) as error:
            self.client.close()
            return Answer(0, {}, repr(error).encode(), 0.0)


def version_in(answer: Answer) -> str:
    """Return the version of the item that a page shows, as its forms send it back."""
    found = _VERSION.search(answer.body)
    return found[1].decode() if found else ""


def at_once(act: Callable[[Asked], Got], crowd: Sequence[Asked], connections: int = CONNECTIONS) -> list[Got]:
    """Let everybody of a crowd act as soon as there is a free connection, and return what each got, in order."""
    with ThreadPoolExecutor(connections) as pool:
        return list(pool.map(act, crowd))


class Site(NamedTuple):
    """The running server: its port, and what it said on stderr."""

    port: int
    log: IO[bytes]

    def enter(self, logins: Iterable[str]) -> list[Visitor]:
        """Log a crowd in."""
        return at_once(lambda login: Visitor(self.port, login), [*logins])

    def troubles(self) -> list[str]:
        """Return the lines in which the server speaks of a locked database, an empty pool, or an error of its own."""
        self.log.seek(0)
        return [line.decode(errors="replace").rstrip() for line in self.log if _TROUBLE.search(line)]


@contextmanager
def site(url: str, workers: int) -> Iterator[Site]:
    """Serve a database with the production server, as `run.py web` does."""
    with tempfile.TemporaryFile() as log, servers.own(url, workers, log) as port:
        yield Site(port, log)
