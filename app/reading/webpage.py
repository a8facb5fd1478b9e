"""From HTML, pasted or in a file, to lines of text as a browser would show them; nothing in it is run or fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from app.reading.rows import table_lines

_MARKUP = re.compile(
    r"\s*(?:<!doctype html|<\?xml|<html|<head|<body|<meta|<!--|<(?:p|div|table|span|article|h[1-6]|ul|ol)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</(?:p|div|table|td|li|span|body|html|h[1-6]|article|b|strong)\s*>", re.IGNORECASE)
_SILENT = {"script", "style", "head", "title", "template", "noscript", "nav", "select", "textarea", "svg", "object"}
_BREAKING = {
    "p", "div", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "ul", "ol",
    "li", "table", "blockquote", "pre", "hr", "figure", "figcaption", "center", "dl", "dt", "dd", "tbody", "thead",
}  # fmt: skip
_APART = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "article", "section"}
_DEEPEST = 20
_DIGITS = 4


def is_html(text: str) -> bool:
    """Say whether a text is markup: it begins with an element and closes some."""
    return bool(_MARKUP.match(text)) and bool(_CLOSING.search(text[:200_000]))


def text_of_html(text: str) -> str:
    """Return the visible text of HTML, a paragraph a line, lists with their marks, tables row by row."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.text()


class _Page(HTMLParser):
    """Collects lines; tables are kept apart until they are closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._silent = 0
        self._lists: list[int | None] = []
        self._tables: list[list[list[list[str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table" and len(self._tables) < _DEEPEST:
            self._tables.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1] = self._tables[-1] or [[]]
            self._tables[-1][-1].append([""])
        elif tag in {"ul", "ol"}:
            start = dict(attrs).get("start") or "1"
            self._lists.append(int(start) if tag == "ol" and start.isdecimal() and len(start) <= _DIGITS else None)
        if tag in _BREAKING:
            self._break(apart=tag in _APART)
        if tag == "li":
            self._add(self._mark())

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            rows = [["\n".join(_squeezed(cell)) for cell in row] for row in self._tables.pop() if row]
            for line in table_lines(rows):
                self._break(apart=not line)
                self._add(line)
        if tag in _BREAKING:
            self._break(apart=tag in _APART)

    def handle_data(self, data: str) -> None:
        """Take the words of a text node."""
        if not self._silent:
            self._add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        """Return the lines read."""
        while self._tables:
            self.handle_endtag("table")
        return "\n".join(line.strip() for line in self._lines)

    def _mark(self) -> str:
        number = self._lists[-1] if self._lists else None
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _here(self) -> list[str]:
        """Return the lines being written: those of the open cell, else the page's."""
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            return self._tables[-1][-1][-1]
        return self._lines

    def _add(self, words: str) -> None:
        lines = self._here()
        lines[-1] += words if lines[-1] else words.lstrip()

    def _break(self, *, apart: bool) -> None:
        lines = self._here()
        if lines[-1]:
            lines.append("")
        if apart and lines is self._lines and len(lines) > 1 and lines[-2]:
            lines.append("")


def _squeezed(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
