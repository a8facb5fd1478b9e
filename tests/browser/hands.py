"""How a person's hands use a page: one thumb on a phone, the keyboard alone at a desk.

The same story is told once and lived both ways. At a desk nothing is clicked: Tab and Shift+Tab go to what is wanted,
Enter and Space do it, choices are typed. On a phone all is tapped, and what is tapped must be large enough.
"""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from app.db import session, transaction
from app.models import Person
from tests.browser.visitor import DESK
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor

FAR = 300
"""So many presses of Tab are too many."""
SMALLEST = 20
"""The least height and width in CSS pixels of what a thumb taps; less than 24 only where nothing else is near."""
WHERE = """(e) => {
  const at = document.activeElement;
  if (at === e) return 0;
  const before = at && at !== document.body && !(at.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((stop) => stop.checkVisibility() && !stop.disabled);
  const between = Math.abs(stops.indexOf(e) - stops.indexOf(at));
  return (before ? -1 : 1) * Math.max(1, between);
}"""
"""How many stops away a thing is, by what can be seen; below 0 it lies before the focus."""
KIND = """(e) => e.tagName === "SELECT" && (e.dataset.picker !== undefined) ? "picker"
  : e.tagName === "SELECT" ? "choice" : e.type === "file" ? "file" : "text" """


def speak(site: Site, language: str) -> None:
    """Let everybody read the pages in this language."""
    with site.app.app_context(), transaction():
        session.execute(update(Person).values(language=language))


class Hands:
    """The hands of a visitor."""

    def __init__(self, who: Visitor, language: str = "vi") -> None:
        self.who, self.page, self.language = who, who.page, language
        self.by_keys = who.page.viewport_size["width"] == DESK

    def said(self, vietnamese: str, english: str) -> None:
        """See words in the reader's language."""
        self.who.see(vietnamese if self.language == "vi" else english)

    def day(self, day: int, month: int) -> str:
        """Return how a day of 2026 stands on the page."""
        names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        return f"{day:02d}/{month:02d}/2026" if self.language == "vi" else f"{day} {names[month - 1]} 2026"

    def log_in(self, login: str) -> None:
        """Log in on the log-in page."""
        self.who.open("/login")
        self.write("main input[name=login]", login)
        self.write("main input[name=password]", PASSWORD)
        self.leave("main form button[type=submit]")

    def find(self, target: Any) -> Any:
        """Return the first thing that is meant."""
        return (self.page.locator(target) if isinstance(target, str) else target).first

    def reach(self, target: Any) -> Any:
        """Go to a thing: by Tab until it has the focus, or by scrolling; it must be large enough for a thumb."""
        thing = self.find(target)
        thing.wait_for(state="attached")
        if not self.by_keys:
            return thing
        pressed = 0
        while pressed < FAR:
            where = thing.evaluate(WHERE)
            if where == 0:
                return thing
            for _ in range(abs(where)):
                self.page.keyboard.press("Tab" if where > 0 else "Shift+Tab")
            pressed += abs(where)
        raise AssertionError(f"Tab never came to {target} on {self.page.url}; it is at {self.who.focused()[:200]!r}")

    def touch(self, target: Any) -> None:
        """Press a thing that does not lead away."""
        thing = self.reach(target)
        if self.by_keys:
            ticked = thing.evaluate("(e) => e.type === 'checkbox' || e.type === 'radio'")
            self.page.keyboard.press("Space" if ticked else "Enter")
            return
        thing.scroll_into_view_if_needed()
        box = thing.bounding_box()
        ticked = thing.evaluate("(e) => e.type === 'checkbox' || e.type === 'radio'")
        assert ticked or min(box["height"], box["width"]) >= SMALLEST, (
            self.page.url,
            thing.evaluate("(e) => e.outerHTML"),
            box,
        )
        thing.tap()

    def leave(self, target: Any, status: int = 200) -> None:
        """Press a thing that leads to another page, and look at it."""
        self.who.going(lambda: self.touch(target), status)

    def unfold(self, thing: Any) -> None:
        """Open what a thing is folded into."""
        for fold in thing.locator("xpath=ancestor::details[not(@open)]").all():
            self.touch(fold.locator("summary").first)

    def write(self, target: Any, text: str) -> None:
        """Give a field its content: type it, choose it, or fetch a file."""
        field = self.find(target)
        field.wait_for(state="attached")
        how: Callable[[Any, str], None] = {
            "picker": self._pick, "choice": self._choose, "file": self._fetch, "text": self._type,
        }[field.evaluate(KIND)]  # fmt: skip
        how(field, text)

    def _type(self, field: Any, text: str) -> None:
        self.reach(field)
        if self.by_keys:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def _pick(self, select: Any, text: str) -> None:
        """Type a name without its tones and take the first that is offered."""
        box = select.locator("xpath=ancestor::div[contains(concat(' ', @class, ' '), ' combo ')]")
        entry, offered = box.locator("input[role=combobox]"), box.locator("[role=option]")
        self._type(entry, text)
        offered.first.wait_for(state="visible")
        if self.by_keys:
            self.page.keyboard.press("Enter")
        else:
            offered.first.tap()

    def _choose(self, select: Any, value: str) -> None:
        """Choose an option of a plain list by its value."""
        if not self.by_keys:
            select.select_option(value)
            return
        self.reach(select)
        self.page.keyboard.press("Home")
        for _ in range(select.locator("option").count()):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value!r} cannot be chosen on {self.page.url}")

    def _fetch(self, field: Any, path: str) -> None:
        with self.page.expect_file_chooser() as chooser:
            if self.by_keys:
                self.reach(field)
                self.page.keyboard.press("Enter")
            else:
                field.locator("xpath=following::label[@for][1]").tap()
        chooser.value.set_files(path)

    def move(self, event: str, within: str = "main", status: int = 200, **typed: str) -> None:
        """Take a move: unfold its form, fill it in, send it, look at the page that comes."""
        self.fill(event, within, **typed)
        self.leave(self.form(event, within).locator("button[type=submit]"), status)

    def fill(self, event: str, within: str = "main", **typed: str) -> None:
        """Unfold the form of a move and fill it in."""
        form = self.form(event, within)
        self.unfold(form)
        self.fields(form, **typed)

    def fields(self, form: Any, **typed: str) -> None:
        """Fill in fields of a form by their names."""
        for name, text in typed.items():
            self.write(self.find(form).locator(f"[name={name}]"), text)

    def form(self, event: str, within: str = "main") -> Any:
        """Return the form whose address ends so, not one that records for somebody else."""
        return self.page.locator(f"{within} form[action$='/{event}']:not(:has(input[name=recorded_for]))").first

    def download(self, target: Any) -> bytes:
        """Press a link that gives a file, and return what is in it."""
        self.unfold(self.find(target))
        with self.page.expect_download() as download:
            self.touch(target)
        return bytes(download.value.path().read_bytes())
