"""Compile the message catalogues whose .po is newer than its .mo."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from app import bootstrap


def compile_stale() -> None:
    """Write the missing and outdated .mo files, each in one step."""
    for source in bootstrap.stale_catalogues():
        with source.open("rb") as handle:
            catalogue = read_po(handle, locale=source.parts[-3], abort_invalid=True)
        waiting = source.with_suffix(".mo.new")
        with waiting.open("wb") as handle:
            write_mo(handle, catalogue)
        waiting.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    try:
        compile_stale()
    except PoFileError as error:
        sys.exit(f"{Path(str(error)).name}: {error}")
