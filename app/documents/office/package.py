"""What a template's package may hold: looked through part by part, within bounds, before anything opens it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from app.documents.office.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PARTS = 500
MOST_BYTES = 30 * 1024 * 1024
_MAIN = "word/document.xml"
_RUNNING = re.compile(r"vba|activex|embeddings|oleobject|afchunk|\.bin$|customui", re.IGNORECASE)
_FETCHING = re.compile(
    r"\s*(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE
)
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def look_through(data: bytes) -> None:
    """Refuse a package that is broken, too large, or would fetch or run anything.

    :raises TemplateError: with what is wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, content in _parts(archive):
                _check(name, content)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError, etree.XMLSyntaxError) as error:
        raise TemplateError.not_word() from error


def _parts(archive: zipfile.ZipFile) -> Iterable[tuple[str, bytes]]:
    """Yield the parts; what they claim to unpack to and what they do are both held to the limit."""
    infos = archive.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise TemplateError.too_large()
    names = [info.filename for info in infos]
    if _MAIN not in names or len(set(names)) != len(names):
        raise TemplateError.not_word()
    left = MOST_BYTES
    for info in infos:
        with archive.open(info) as part:
            content = part.read(left + 1)
        left -= len(content)
        if left < 0:
            raise TemplateError.too_large()
        yield info.filename, content


def _check(name: str, content: bytes) -> None:
    if _RUNNING.search(name):
        raise TemplateError.reaches_out(name.rpartition("/")[2])
    if not name.lower().endswith((".xml", ".rels")):
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise TemplateError.reaches_out("DOCTYPE")
    if name.endswith(".rels"):
        _check_links(root)
    for order in root.iter(f"{_W}instrText", f"{_W}fldSimple"):
        words = order.get(f"{_W}instr") or order.text or ""
        if _FETCHING.match(words):
            raise TemplateError.reaches_out(words.split()[0])


def _check_links(root: etree._Element) -> None:
    """Let links to pages stand, which nobody follows by itself; refuse all else that lies outside."""
    for link in root.iter("{*}Relationship"):
        kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
        if link.get("TargetMode") == "External" and not (kind == "hyperlink" and _LINK.match(target)):
            raise TemplateError.reaches_out(f"{kind} → {target[:80]}")
        if _RUNNING.search(kind):
            raise TemplateError.reaches_out(kind)
