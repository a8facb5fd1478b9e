"""The roles of run.py: the table, and what a newcomer sees."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys

import pytest

from app import cli
from app.calling import call
from tests.rules.sources import ROOT

ROLES = [command.name for command in cli.COMMANDS]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *words], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_can_be_called(role: str) -> None:
    module = importlib.import_module(f"app.commands.{role.replace('-', '_')}")
    assert len(inspect.signature(module.add_arguments).parameters) == 1
    assert len(inspect.signature(module.run).parameters) == 1


def test_every_role_stands_in_the_table() -> None:
    modules = {path.stem.replace("_", "-") for path in (ROOT / "app" / "commands").glob("[!_]*.py")}
    assert modules == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_explains_itself(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = next(each for each in cli.COMMANDS if each.name == role)
    with pytest.raises(SystemExit) as ending:
        call(command, ["--help"])
    assert not ending.value.code
    answer = capsys.readouterr().out
    assert f"run.py {role}" in answer
    assert command.vi in answer


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_the_overview_names_every_role_in_both_languages(word: str) -> None:
    answer = run(word)
    assert answer.returncode == 0
    for command in cli.COMMANDS:
        assert command.vi in answer.stdout
        assert command.en in answer.stdout


def test_an_unknown_role_is_answered_with_the_nearest() -> None:
    answer = run("tset")
    assert answer.returncode == cli.USAGE_ERROR
    assert "“test”" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_without_a_role_everything_runs() -> None:
    assert cli.find([]) == (cli.DEFAULT, [])
    assert cli.find(["--port", "8001"]) == (cli.DEFAULT, ["--port", "8001"])
    assert cli.DEFAULT.name == "serve"
