"""Make the Word and PDF files of the corpus anew: python -m tests.reading.make_corpus. Their texts are invented."""

from __future__ import annotations

from pathlib import Path

from tests.reading.corpus_sources import LISTS, PDFS, WORDS
from tests.reading.made import pdf, word

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Write every file whose source stands in corpus_sources."""
    for name, body in WORDS.items():
        (CORPUS / f"{name}.docx").write_bytes(word(body, numbering=LISTS))
    for name, markup in PDFS.items():
        (CORPUS / f"{name}.pdf").write_bytes(pdf(markup))


if __name__ == "__main__":
    main()
