"""Somebody at a browser, who notices on every page what is wrong with it.

After each page: no axe violation, no message in the console, nothing fetched from elsewhere, one heading, nothing
wider than a phone. `judge` fails if a page was passed by without looking.
"""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.factories import browser as http_browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site

PHONE = 390
DESK = 1440
HEIGHTS = {PHONE: 844, DESK: 900}
OWN_HOST = "127.0.0.1"
LOCAL_SCHEMES = {"data", "blob", "about"}
# What Chromium says of any answer from 400 on; the answers are counted by themselves.
ANSWERED = "Failed to load resource"
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
  const found = wide.slice(0, 2).concat(wide.slice(-2)).map((e) => e.outerHTML.slice(0, 120));
  return found.concat(`${document.documentElement.scrollWidth} px`);
}"""
HEADINGS = "document.querySelectorAll('h1').length"


@cache
def axe() -> Any:
    """Return the checker of accessibility, read once."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not there without the browser's packages

    return Axe()


class Visitor:
    """A browser window of one person, with its own cookies."""

    def __init__(  # noqa: PLR0913 -- what a window may look like, all named
        self,
        chrome: Any,
        site: Site,
        *,
        width: int = DESK,
        scheme: str = "light",
        script: bool = True,
        language: str = "vi",
        touch: bool = False,
    ) -> None:
        self.site, self.script = site, script
        self.context = chrome.new_context(
            base_url=site.base,
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="vi-VN",
            has_touch=touch,
        )
        self.context.set_default_timeout(15_000)
        if language != "vi":
            self.context.add_cookies([{"name": "language", "value": language, "url": site.base}])
        self.faults: list[str] = []
        self.answers: list[tuple[int, str]] = []
        self.loaded = self.seen = 0
        self.context.on("request", self._asked)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._answered)
        self.page.on("load", self._load)

    def _asked(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.hostname != OWN_HOST and parts.scheme not in LOCAL_SCHEMES:
            self.faults.append(f"left the host: {request.url}")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            self.faults.append(f"console: {message.text}")

    def _answered(self, response: Any) -> None:
        gone = response.status == 404 and urlsplit(response.url).path.startswith("/uploads/")
        # A page asks once more for a file it remembers, which a form may have taken meanwhile.
        if response.status >= 400 and not gone:
            self.answers.append((response.status, urlsplit(response.url).path))

    def _load(self, _page: Any) -> None:
        self.loaded += 1

    def be(self, person: Any) -> Visitor:
        """Log in without the log-in page."""
        cookie = http_browser(self.site.app, person).get_cookie("dondoc")
        assert cookie is not None
        self.context.add_cookies([{"name": "dondoc", "value": cookie.value, "url": self.site.base, "httpOnly": True}])
        return self

    def log_in(self, login: str, password: str) -> None:
        """Log in as people do; the log-in page must be open."""
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.going(lambda: self.page.press("input[name=password]", "Enter"))

    def open(self, path: str, status: int = 200) -> None:
        """Type an address and look at its page."""
        self.going(lambda: self.page.goto(path, wait_until="commit"), status)

    def going(self, act: Callable[[], Any], status: int = 200) -> None:
        """Do something that leads to another page, which must be answered with this status, and look at it."""
        with self.page.expect_event("load"):
            act()
        self.look(status)

    def again(self) -> None:
        """Load the page anew."""
        self.going(lambda: self.page.reload(wait_until="commit"))

    def look(self, status: int = 200) -> None:
        """Look at the page as it is now."""
        self.seen = self.loaded
        bad = [] if status < 400 else [(status, urlsplit(self.page.url).path)]
        answers, self.answers = self.answers, []
        assert [code for code, _path in answers] == [code for code, _path in bad], (self.page.url, answers, self.text())
        self.judge()
        if not self.script:
            return
        assert self.page.evaluate(HEADINGS) == 1, self.page.url
        if self.page.viewport_size["width"] == PHONE:
            wide = self.too_wide()
            assert not wide, "\n".join([self.page.url, *wide])
        found = axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def width(self, width: int) -> None:
        """Make the window as wide as a phone or a desk's screen."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})

    def too_wide(self) -> list[str]:
        """Return what reaches beyond the window."""
        return list(self.page.evaluate(TOO_WIDE))

    def judge(self) -> None:
        """Fail if anything was wrong, or a page was not looked at."""
        assert self.faults == [], (self.page.url, self.faults)
        assert self.seen == self.loaded, f"nobody looked at {self.page.url}"

    def text(self) -> str:
        """Return the words in the middle of the page."""
        return str(self.page.locator("main").inner_text())

    def see(self, *words: str) -> None:
        """Find words in the middle of the page, whatever the line breaks."""
        shown = " ".join(self.text().split())
        for each in words:
            assert each in shown, f"{each!r} is not on {self.page.url}:\n{self.text()}"

    def send(self, name: str, status: int = 200, within: str = "main") -> None:
        """Press a button or link by what it says."""
        place = self.page.locator(within)
        found = place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first
        self.going(found.click, status)

    def open_row(self, name: str) -> None:
        """Open a row of a list: beside it on a desk, as a page on a phone."""
        row = self.page.locator("main .row-title", has_text=name).first
        if not self.script or self.page.viewport_size["width"] == PHONE:
            self.going(row.click)
            return
        row.click()
        self.page.wait_for_selector("#pane .pane-page")
        self.look()

    def take(self, event: str, status: int = 200, *, files: dict[str, Any] | None = None, **typed: str) -> None:
        """Take a move as people do: unfold its form, type, press its button."""
        self.going(self.filled(event, files, typed).click, status)

    def filled(self, event: str, files: dict[str, Any] | None, typed: dict[str, str]) -> Any:
        """Unfold a move's form, type into it, and return its button."""
        form = self.page.locator(f"main form[action$='/{event}']:not(:has(input[name=recorded_for]))").first
        self.unfold(form)
        for name, text in typed.items():
            form.locator(f"[name={name}]").fill(text)
        for name, chosen in (files or {}).items():
            form.locator(f"[name={name}][type=file]").set_input_files(chosen)
        return form.locator("button[type=submit]").last

    def rule_here(self, event: str, **typed: str) -> None:
        """Take a ruling on the thing's own page, which loads anew as it takes effect, and look at that page."""
        with self.page.expect_event("load"):
            self.filled(event, None, typed).click()
        with self.page.expect_event("load", timeout=30_000):
            self.page.wait_for_selector("[data-held-page]", state="attached")
        self.look()

    def rule(self, event: str) -> None:
        """Take a ruling of the queue and wait until it can no longer be taken back."""
        self.take(event)
        self.page.wait_for_selector(".held-ruling.is-done", timeout=30_000)

    def unfold(self, thing: Any) -> None:
        """Open what a thing is folded into, unless it stands open."""
        for fold in thing.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator("summary").first.click()

    def focused(self) -> str:
        """Return the name, id or words of what has the focus."""
        script = "(e => e.name || e.id || e.textContent.trim())(document.activeElement)"
        return re.sub(r"\s+", " ", str(self.page.evaluate(script)))

    def press_letter(self, key: str) -> None:
        """Press a move's letter and wait until the first field of its form has the focus."""
        self.page.keyboard.press(key)
        self.page.locator(".move-form :focus").wait_for(state="attached")

    def tab_to(self, wanted: str, most: int = 60) -> None:
        """Press Tab until something has the focus whose name, id or words begin so."""
        for _ in range(most):
            if self.focused().startswith(wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {wanted!r}; it is at {self.focused()!r}")
