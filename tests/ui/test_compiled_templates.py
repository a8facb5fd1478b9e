"""Compiled templates are kept for the next start, never a stale one, and never needed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader

from app.clock import now
from app.ui import compiled_templates

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("{{ 'một'|loud }}", "utf-8")
    return folder


def shown(templates: Path, loud: str) -> str:
    jinja = Environment(
        loader=FileSystemLoader(templates), bytecode_cache=compiled_templates.beside(templates), autoescape=True
    )
    jinja.filters["loud"] = lambda word: word + loud
    return jinja.get_template("page.html").render()


def kept(templates: Path) -> list[Path]:
    return sorted((templates / compiled_templates.FOLDER).rglob("*.jinja"))


def test_the_next_start_finds_them(templates: Path) -> None:
    assert shown(templates, "!") == "một!"
    (only,) = kept(templates)
    before = only.stat().st_mtime_ns
    assert shown(templates, "!") == "một!"
    assert [each.stat().st_mtime_ns for each in kept(templates)] == [before]


def test_a_changed_page_is_compiled_again(templates: Path) -> None:
    shown(templates, "!")
    (templates / "page.html").write_text("{{ 'hai'|loud }}", "utf-8")
    assert shown(templates, "!") == "hai!"


def test_changed_code_begins_anew(templates: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown(templates, "!")
    code = tmp_path / "factory.py"
    code.touch()
    monkeypatch.setattr(compiled_templates, "SET_UP", (tmp_path, code))
    (old,) = kept(templates)
    assert shown(templates, "?") == "một?"
    assert len(kept(templates)) == 2, "a server of the older code may still run"
    yesterday = now().timestamp() - 2 * compiled_templates.A_DAY
    os.utime(old.parent, (yesterday, yesterday))
    code.write_text("# newer still", "utf-8")
    os.utime(code, (yesterday, yesterday))
    assert shown(templates, ".") == "một."
    assert not old.exists()


def test_a_folder_that_goes_while_it_is_used_is_no_harm(templates: Path) -> None:
    jinja = Environment(
        loader=FileSystemLoader(templates), bytecode_cache=compiled_templates.beside(templates), autoescape=True
    )
    jinja.filters["loud"] = lambda word: word + "!"
    shutil.rmtree(templates / compiled_templates.FOLDER)
    assert jinja.get_template("page.html").render() == "một!"


@pytest.mark.skipif(os.name == "nt", reason="quyền thư mục kiểu POSIX (needs POSIX folder rights)")
def test_where_nothing_may_be_written_pages_are_shown_all_the_same(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    assert shown(templates, "!") == "một!"
    assert kept(templates) == []


def test_a_file_in_its_place_is_no_harm(templates: Path) -> None:
    (templates / compiled_templates.FOLDER).touch()
    assert shown(templates, "!") == "một!"
