"""Which device a browser says it runs on, in words a person recognises."""

from __future__ import annotations

_BROWSERS = (("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def device_of(agent: str) -> str:
    """Return browser and system of a User-Agent header («Chrome, Windows»); empty where it names neither."""
    browser = next((name for mark, name in _BROWSERS if mark.lower() in agent.lower()), "")
    if not browser and "Safari" in agent:
        browser = "Safari"
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
