"""Role `prove`: run a long proof and print its figures."""

from __future__ import annotations

import argparse
import importlib
from typing import TYPE_CHECKING

from app.errors import DomainError
from app.proofs import PROOFS

if TYPE_CHECKING:
    from types import ModuleType

PASSES_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the name of a proof; its own options follow it."""
    width = max(len(proof.name) for proof in PROOFS)
    parser.epilog = "Các phép thử (proofs):\n" + "\n".join(
        f"  {proof.name:<{width}}  {proof.about.vi} — {proof.about.en}" for proof in PROOFS
    )
    names = tuple(proof.name for proof in PROOFS)
    parser.add_argument("name", choices=names, metavar="TÊN", help="tên phép thử, xem bên dưới (a proof's name)")


def run(args: argparse.Namespace) -> int:
    """Run the proof with its own options; 0 if what it shows held."""
    proof = next(each for each in PROOFS if each.name == args.name)
    module = load(proof.name)
    parser = argparse.ArgumentParser(
        prog=f"run.py prove {proof.name}", description=f"{proof.about.vi} — {proof.about.en}", allow_abbrev=False
    )
    module.add_arguments(parser)
    return int(module.prove(parser.parse_args(args.passed_on)))


def load(name: str) -> ModuleType:
    """Return a proof's module.

    :raises DomainError: a package of the test group is missing.
    """
    try:
        return importlib.import_module(f"app.proofs.{name}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("app."):
            raise
        raise DomainError(
            f"Phép thử này cần gói “{error.name}” của nhóm kiểm thử. Hãy chạy: python3 run.py test",
            f"This proof needs the package “{error.name}” of the test group. Please run: python3 run.py test",
        ) from error
