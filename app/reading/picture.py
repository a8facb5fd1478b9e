"""Draws a picture of a file in a process of its own, bounded in memory and time: bytes come in, a PNG or JPEG goes out.

Started as «python -m app.reading.picture WHAT [PAGE]» with WHAT one of thumb, page (of a PDF), count (its pages).
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageOps

from app.reading.child import TOO_HEAVY, bound

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

THUMB, WIDE = 176, 1100
"""The longer side of a thumbnail and the width of a page, in pixels."""
MOST_PIXELS = 60_000_000
UNREADABLE = 4


def main(what: str, page: int) -> int:
    """Write the picture, or the count, to standard output."""
    bound()
    data = sys.stdin.buffer.read()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        answer = _draw(what, data, page)
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        return TOO_HEAVY
    except (pypdfium2.PdfiumError, OSError, ValueError, SyntaxError, IndexError):
        return UNREADABLE
    sys.stdout.buffer.write(answer)
    return 0


def _draw(what: str, data: bytes, page: int) -> bytes:
    if what == "count":
        return str(len(pypdfium2.PdfDocument(data))).encode()
    pdf = data.startswith(b"%PDF-")
    if what == "page":
        return _saved(_page(data, page, WIDE), "PNG")
    picture = _page(data, 0, THUMB) if pdf else _opened(data)
    picture.thumbnail((THUMB, THUMB))
    return _saved(picture.convert("RGB"), "JPEG")


def _opened(data: bytes) -> Picture:
    picture = Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
    # A JPEG is read small at once; a camera's way of holding is undone.
    picture.draft("RGB", (2 * THUMB, 2 * THUMB))
    return ImageOps.exif_transpose(picture)


def _page(data: bytes, number: int, width: int) -> Picture:
    page = pypdfium2.PdfDocument(data)[number]
    scale = min(width / max(1.0, page.get_width()), 2 * width / max(1.0, page.get_height()))
    drawn: Picture = page.render(scale=scale).to_pil()
    return drawn


def _saved(picture: Picture, kind: str) -> bytes:
    out = BytesIO()
    picture.save(out, kind, optimize=kind == "PNG", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))  # noqa: PLR2004 -- what and page
