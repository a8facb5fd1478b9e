"""What is installed is what was locked: hashed, complete, and tied to no one's server."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest

from app import assets, bootstrap
from tests.rules.sources import ROOT, files, name

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]


def normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_python_lock_names_no_server_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_python_lock_holds_all_that_is_asked_for(lock: Path) -> None:
    wanted = {
        normal(re.split(r"[\[;<>=! ]", line)[0])
        for line in lock.with_suffix(".in").read_text("utf-8").splitlines()
        if line[:1].isalnum()
    }
    locked = {normal(line.split("==")[0]) for line in lock.read_text("utf-8").splitlines() if "==" in line}
    assert wanted <= locked


def test_groups_installed_together_agree_on_every_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for line in lock.read_text("utf-8").splitlines():
            package, pinned, version = line.partition("==")
            if pinned:
                versions.setdefault(normal(package), set()).add(version.split()[0])
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_the_front_end_lock_names_no_server_and_hashes_everything() -> None:
    packages = {key: package for key, package in NPM.items() if key}
    assert not [key for key, package in packages.items() if "resolved" in package]
    assert not [key for key, package in packages.items() if not package["integrity"].startswith("sha512-")]


def test_front_end_packages_are_wanted_in_exact_versions() -> None:
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    assert {package: NPM[f"node_modules/{package}"]["version"] for package in wanted} == wanted


def test_the_files_served_are_those_that_were_fetched() -> None:
    stamp = json.loads((assets.VENDOR / bootstrap.STAMP).read_text("utf-8"))
    there = {
        path.relative_to(assets.VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in assets.VENDOR.rglob("*")
        if path.is_file() and path.name != bootstrap.STAMP
    }
    assert stamp["key"] == bootstrap.vendor_key()
    assert there == stamp["files"]


def test_no_file_served_points_to_a_source_map() -> None:
    for path in assets.VENDOR.rglob("*.min.*"):
        if path.suffix in {".css", ".js"}:
            assert b"sourceMappingURL" not in path.read_bytes(), path.name


def test_every_font_named_is_there() -> None:
    named = re.findall(r'url\("([^"]+)"\)', (assets.VENDOR / "fonts.css").read_text("utf-8"))
    assert len(named) == len(assets.WEIGHTS) * len(assets.SUBSETS)
    assert not [font for font in named if not (assets.VENDOR / font).exists()]


def test_every_icon_used_is_in_the_sprite() -> None:
    used = {
        (name(path), icon)
        for path in files(".html", ".py", ".js", ".css")
        for icon in re.findall(r"icons\.svg#([a-z0-9-]+)", path.read_text("utf-8"))
    }
    assert not {
        (page, icon) for page, icon in used if icon not in assets.ICONS and name(ROOT / page) != "app/assets.py"
    }


def test_the_sprite_draws_in_the_colour_of_the_text() -> None:
    sprite = (assets.VENDOR / "icons.svg").read_text("utf-8")
    assert sprite.count('stroke="currentColor"') == sprite.count("<symbol ") == len(assets.ICONS)
