"""Evidence: what a task's report must bring, and links as they are typed, one a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

NONE, FILE, PHOTO, SIGNED, ANY = "none", "file", "photo", "signed", "any"
RULES: Mapping[str, Words] = {
    NONE: Words("Không bắt buộc", "Not required"),
    FILE: Words("Ít nhất một tệp bất kỳ", "At least one file of any kind"),
    PHOTO: Words("Ảnh chụp kết quả", "A photo of the result"),
    SIGNED: Words("Văn bản đã ký (PDF)", "A signed document (PDF)"),
    ANY: Words("Liên kết hoặc tệp", "A link or a file"),
}
"""What may be asked for, in the words by which it is chosen and shown."""
ASKED: Mapping[str, Words] = {
    FILE: Words(
        "Phải có ít nhất một tệp: văn bản, ảnh hoặc bảng số liệu chứng minh kết quả.",
        "At least one file is required: a document, photo or table that shows the result.",
    ),
    PHOTO: Words(
        "Phải có ít nhất một ảnh chụp kết quả (JPG, PNG, WEBP hoặc HEIC); có thể kèm tệp khác.",
        "At least one photo of the result is required (JPG, PNG, WEBP or HEIC); other files may come along.",
    ),
    SIGNED: Words(
        "Phải có văn bản đã ký, dạng PDF (ký số hoặc bản quét); có thể kèm tệp khác.",
        "A signed document is required, as PDF (signed digitally or scanned); other files may come along.",
    ),
    ANY: Words(
        "Phải có ít nhất một tệp ở đây, hoặc một liên kết ở ô «Minh chứng là liên kết».",
        "At least one file is required here, or a link in “Evidence by link”.",
    ),
}
"""What the field for files says where evidence is required."""
BROUGHT = "evidence_kinds"
"""Under this name a move is told of which kinds the files are that it brings: PHOTO, SIGNED."""
PHOTO_KINDS = frozenset({"jpg", "jpeg", "png", "webp", "heic"})
SIGNED_KINDS = frozenset({"pdf"})
MOST_LINKS = 20
LONGEST = 2000
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#:]|$)")


def columns_of(rule: str) -> tuple[str, str | None]:
    """Return how a rule is kept with a task: whether a file is asked for, and of which kind where not any will do."""
    return (rule, None) if rule in {NONE, FILE} else (FILE, rule)


def kinds_of(names: Collection[str]) -> list[str]:
    """Return of which kinds files are, by the ends of their names, which were compared with their content."""
    ends = {name.rsplit(".", 1)[-1].lower() for name in names}
    return [kind for kind, wanted in ((PHOTO, PHOTO_KINDS), (SIGNED, SIGNED_KINDS)) if ends & wanted]


class Link(NamedTuple):
    """A link as evidence: where it leads, what it shows, and the host that a reader should know before going there."""

    url: str
    shows: str
    host: str


def read_links(text: object) -> list[Link] | None:
    """Return the links of a text, one a line: address, space, what it shows; None where a line is not one.

    An address without https:// is understood when it begins with a host's name; where nothing is said of what it
    shows, the address itself is.
    """
    lines = _lines(text)
    links = [link for link in map(_read, lines) if link]
    return links if len(links) == len(lines) <= MOST_LINKS else None


def unread_links(text: object) -> list[str]:
    """Return the lines of a text in which no link could be read."""
    return [line for line in _lines(text) if not _read(line)]


def _lines(text: object) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def _read(line: str) -> Link | None:
    url, _, rest = line.partition(" ")
    if _BARE.match(url):
        url = f"https://{url}"
    shows = rest.strip().lstrip("-–—:").strip() or url.split("://", 1)[-1]
    host = host_of(url)
    return Link(url, shows, host) if host and len(line) <= LONGEST else None


def host_of(url: str) -> str:
    """Return the host of a web address as the network knows it; empty for what is none, or hides it behind a name."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""
    web = parts.scheme in {"http", "https"} and "@" not in parts.netloc and "\\" not in url
    return host if web and url.isprintable() else ""
