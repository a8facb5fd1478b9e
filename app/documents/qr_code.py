"""QR codes on papers: the way from a printed line to its page."""

from __future__ import annotations

import io


def qr_svg(address: str) -> str:
    """Return the QR code of an address as SVG, legible when a sixth of it is dirty or folded."""
    import segno  # noqa: PLC0415 -- slow to load, and every start would pay

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue().decode()
