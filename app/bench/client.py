"""A browser as plain as can be: one connection, kept where the server keeps it, cookies, and times."""

from __future__ import annotations

import re
import socket
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_CHUNK = 1 << 18
PATIENCE = 60.0


class Answer(NamedTuple):
    """What came back: status, header lines by lower-case name, body, and the seconds it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def token(self) -> str:
        """The token that a form of this page must send along."""
        found = _TOKEN.search(self.body)
        return found[1].decode() if found else ""


class Client:
    """Talks to one port of this machine."""

    def __init__(self, port: int) -> None:
        """Begin without cookies and without a connection."""
        self.port = port
        self.cookies: dict[str, str] = {}
        self.learns = True
        """Whether answers change the cookies. A browser shows what was said after a move on its next page and drops it
        from the cookie; who only sends moves would carry a heap of such sentences along, longer with each."""
        self._socket: socket.socket | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self.send(self.request("GET", path))

    def post(self, path: str, form: Mapping[str, object]) -> Answer:
        """Send a form."""
        return self.send(self.request("POST", path, form))

    def request(self, method: str, path: str, form: Mapping[str, object] | None = None) -> bytes:
        """Return the bytes of a request with the cookies held now."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: text/html"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        body = b"" if form is None else urlencode(form).encode()
        if form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send(self, request: bytes) -> Answer:
        """Send a request and return its answer; the time includes connecting where the server closed."""
        begun = perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head, body = self._read_head()
        status, headers, cookies = parse_head(head)
        body = self._read_body(headers, body)
        seconds = perf_counter() - begun
        if self.learns:
            self.cookies.update(cookies)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, seconds)

    def _receive(self) -> bytes:
        data = self._socket.recv(_CHUNK) if self._socket else b""
        if not data:
            self.close()
            raise ConnectionError("the server closed the connection before its answer ended")
        return data

    def _read_head(self) -> tuple[bytes, bytes]:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._receive()
        head, _, rest = got.partition(b"\r\n\r\n")
        return head, rest

    def _read_body(self, headers: Mapping[str, str], got: bytes) -> bytes:
        length = length_of(headers)
        parts, have = [got], len(got)
        while have < length:
            parts.append(self._receive())
            have += len(parts[-1])
        return b"".join(parts)

    def close(self) -> None:
        """Close the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def length_of(headers: Mapping[str, str]) -> int:
    """Return how many bytes a body has: both servers tell it of every page."""
    return int(headers.get("content-length", "0"))


def parse_head(head: bytes) -> tuple[int, dict[str, str], dict[str, str]]:
    """Return status, header lines and the cookies that are set."""
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
        if name.lower() == "set-cookie":
            key, _, rest = value.strip().partition("=")
            cookies[key] = rest.partition(";")[0]
    return int(first.split()[1]), headers, cookies
